-- Who receives by mail what is said in a group; none unless they said so.
create table feed.list_choice (
	person_id uuid not null,
	circle_id uuid not null references groups.circle on delete cascade,
	mails boolean not null default false,
	-- Names this row in the addresses of its mails; changed, the addresses before it are nobody's.
	key text not null unique,
	at timestamptz not null default now(),
	primary key (person_id, circle_id)
);
create index list_choice_circle on feed.list_choice (circle_id, person_id) where mails;
alter table feed.list_choice enable row level security;
alter table feed.list_choice force row level security;
create policy house on feed.list_choice to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on feed.list_choice to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());

-- Words on their way by mail: after whom the next batch begins. One row for one post or comment: it is sent once.
create table feed.list_round (
	word_id uuid primary key,
	kind text not null check (kind in ('post', 'comment')),
	circle_id uuid not null references groups.circle on delete cascade,
	after uuid,
	at timestamptz not null default now(),
	done_at timestamptz
);
create index list_round_at on feed.list_round (at);
alter table feed.list_round enable row level security;
alter table feed.list_round force row level security;
create policy house on feed.list_round to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
