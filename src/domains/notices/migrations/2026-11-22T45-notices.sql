-- What a person is told. Five thanks for one post are one line that says "five", until it is read.
create table notices.notice (
	person_id uuid not null,
	id uuid not null,
	type text not null,
	-- What it is about, and where to read it; the type says how to see it.
	subject_id uuid,
	place_id uuid,
	unit_id uuid,
	-- Other than people and things: an outcome, a number. Never a text that somebody wrote.
	payload jsonb not null default '{}',
	at timestamptz not null default now(),
	read_at timestamptz,
	mailed_at timestamptz,
	primary key (person_id, id)
);
create index notice_latest on notices.notice (person_id, at desc, id desc);
create index notice_unread on notices.notice (person_id) where read_at is null;
create unique index notice_grouped on notices.notice (person_id, type, subject_id) where read_at is null;
create index notice_subject on notices.notice (subject_id);
create index notice_at on notices.notice (at);

-- Who caused it, once each. Those whom the reader keeps apart are neither named nor counted.
create table notices.cause (
	person_id uuid not null,
	notice_id uuid not null,
	by_id uuid not null,
	at timestamptz not null default now(),
	primary key (person_id, notice_id, by_id),
	foreign key (person_id, notice_id) references notices.notice (person_id, id) on delete cascade
);
create index cause_by on notices.cause (by_id);

-- What a person chose for a category, by channel; nothing chosen: what their rhythm says.
create table notices.choice (
	person_id uuid not null,
	category text not null,
	channel text not null check (channel in ('app', 'mail')),
	rhythm text not null check (rhythm in ('each', 'none')),
	at timestamptz not null default now(),
	primary key (person_id, category, channel)
);

do $$
declare one text;
begin
	foreach one in array array['notice', 'cause', 'choice'] loop
		execute format('alter table notices.%I enable row level security', one);
		execute format('alter table notices.%I force row level security', one);
		execute format('create policy house on notices.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
-- The house writes notices; a person reads theirs and marks them read.
create policy own on notices.notice for select to coopol_app using (person_id = platform.viewer());
create policy own_read on notices.notice for update to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy own on notices.cause for select to coopol_app using (person_id = platform.viewer());
create policy own on notices.choice to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
