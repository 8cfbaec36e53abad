-- Bytes that nothing names any more, still to be taken off the disk: written with what left them, so that nothing stays behind
-- when the program is stopped between the two.
create table platform.stored_left (
	stored_id text primary key,
	at timestamptz not null default now()
);
alter table platform.stored_left enable row level security;
alter table platform.stored_left force row level security;
create policy house on platform.stored_left to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
