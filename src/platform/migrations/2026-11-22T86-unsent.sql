-- A form whose sender had first to prove who they are: sealed, for them alone, for a day.
create table platform.unsent (
	id uuid primary key,
	person_id uuid not null,
	sealed text not null,
	kept_at timestamptz not null default now()
);
create index unsent_person on platform.unsent (person_id, kept_at desc);
create index unsent_kept on platform.unsent (kept_at);
alter table platform.unsent enable row level security;
alter table platform.unsent force row level security;
create policy house on platform.unsent to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on platform.unsent to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
