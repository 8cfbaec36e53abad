-- What somebody said, to whom. One row whoever reads it: a national post is never copied to members.
create table feed.post (
	id uuid primary key,
	author_id uuid not null,
	-- The unit that speaks through its officer; null when the person speaks for themselves.
	as_unit_id uuid references territory.unit,
	-- The place it is said in: its people and those below find it in their feed. Null for friends only.
	unit_id uuid references territory.unit,
	audience text not null check (audience in ('public', 'network', 'members', 'unit', 'friends')),
	text text not null default '',
	link_url text,
	video_url text,
	published_at timestamptz not null default now(),
	-- Ten seconds to undo: until then only the author sees it, and nobody is told.
	publish_after timestamptz not null default now(),
	edited_at timestamptz,
	-- Taken back within the ten seconds: as if it had never been.
	undone_at timestamptz,
	deleted_at timestamptz,
	deleted_by uuid,
	-- Grows at each edit.
	version int not null default 1,
	thanks_count int not null default 0,
	comment_count int not null default 0,
	-- Folded text, for the search; French stems.
	folded text not null default '',
	search tsvector generated always as (to_tsvector('french', folded)) stored,
	check (audience <> 'unit' or unit_id is not null)
);
create index post_unit on feed.post (unit_id, id desc) where deleted_at is null and undone_at is null;
create index post_author on feed.post (author_id, id desc) where deleted_at is null and undone_at is null;
create index post_search on feed.post using gin (search);
create index post_public on feed.post (id desc) where audience = 'public' and deleted_at is null and undone_at is null;

-- Pictures and documents of a post; bytes and sizes are in platform.file and platform.rendition.
create table feed.media (
	post_id uuid not null references feed.post on delete cascade,
	position int not null,
	file_id uuid not null,
	description text not null default '',
	primary key (post_id, position)
);
create index media_file on feed.media (file_id);

create table feed.poll (
	post_id uuid primary key references feed.post on delete cascade,
	several boolean not null default false,
	ends_at timestamptz not null,
	-- People who answered; kept by code.
	voters int not null default 0
);
create table feed.option (
	id uuid primary key,
	post_id uuid not null references feed.poll on delete cascade,
	position int not null,
	label text not null,
	votes int not null default 0,
	unique (post_id, position)
);
-- Who chose what: read by that person alone. Results are the counts above.
create table feed.vote (
	person_id uuid not null,
	option_id uuid not null references feed.option on delete cascade,
	post_id uuid not null references feed.poll on delete cascade,
	voted_at timestamptz not null default now(),
	primary key (person_id, post_id, option_id)
);
create index vote_option on feed.vote (option_id);

create table feed.comment (
	id uuid primary key,
	post_id uuid not null references feed.post on delete cascade,
	author_id uuid not null,
	-- The comment that opens the thread; null for one that does.
	thread_id uuid references feed.comment on delete cascade,
	-- Who is answered, inside the thread.
	reply_to_id uuid,
	text text not null,
	created_at timestamptz not null default now(),
	edited_at timestamptz,
	deleted_at timestamptz,
	deleted_by uuid,
	thanks_count int not null default 0
);
create index comment_post on feed.comment (post_id, id);
create index comment_thread on feed.comment (thread_id, id);
create index comment_author on feed.comment (author_id, id desc);

-- One reaction, to a post or to a comment.
create table feed.thanks (
	person_id uuid not null,
	subject_id uuid not null,
	kind text not null check (kind in ('post', 'comment')),
	at timestamptz not null default now(),
	primary key (person_id, subject_id)
);
create index thanks_subject on feed.thanks (subject_id, at);

create table feed.mention (
	person_id uuid not null,
	post_id uuid not null references feed.post on delete cascade,
	-- The comment that names them, or the post itself when null.
	comment_id uuid references feed.comment on delete cascade,
	at timestamptz not null default now()
);
create unique index mention_once on feed.mention (person_id, post_id, coalesce(comment_id, post_id));
create index mention_post on feed.mention (post_id);

-- One draft per person and place, besides the one that the browser keeps.
create table feed.draft (
	person_id uuid not null,
	place text not null,
	text text not null,
	saved_at timestamptz not null default now(),
	primary key (person_id, place)
);

do $$
declare one text;
begin
	foreach one in array array['vote', 'draft'] loop
		execute format('alter table feed.%I enable row level security', one);
		execute format('alter table feed.%I force row level security', one);
		execute format('create policy house on feed.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
		execute format('create policy own on feed.%I to coopol_app
			using (person_id = platform.viewer()) with check (person_id = platform.viewer())', one);
	end loop;
end $$;
