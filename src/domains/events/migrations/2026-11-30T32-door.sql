-- The secret address of a person's own calendar: only its hash is kept; a new one ends the one before.
create table events.feed (
	person_id uuid primary key,
	token_hash text not null unique,
	made_at timestamptz not null default now(),
	-- When a calendar last came for it, to the hour.
	read_at timestamptz
);
alter table events.feed enable row level security;
alter table events.feed force row level security;
create policy house on events.feed to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on events.feed to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());

-- Who came with them.
alter table events.attendance add column guests int not null default 0 check (guests between 0 and 10);
-- The short address of a public event, typed from a poster.
create index event_short on events.event (right(id::text, 10));
