-- Who was written to, to open the account that a file made: once, whatever later files say.
create table imports.invited (
	person_id uuid primary key,
	import_id uuid not null references imports.import on delete cascade,
	at timestamptz not null default now()
);
create index invited_import on imports.invited (import_id);
alter table imports.invited enable row level security;
alter table imports.invited force row level security;
create policy house on imports.invited to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
-- When who sent the file asked for it.
alter table imports.import add column invited_at timestamptz;
