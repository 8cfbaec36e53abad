-- A suspension decided by the organisation; while one is in force, the person reads only what is theirs.
create table people.suspension (
	id uuid primary key,
	person_id uuid not null references people.person on delete cascade,
	starts_at timestamptz not null default now(),
	ends_at timestamptz,
	by_id uuid,
	reason text not null default '',
	lifted_at timestamptz,
	lifted_by uuid
);
create index suspension_person on people.suspension (person_id);
