-- Two subjects made one can be told apart again for some days: what each brought is kept meanwhile.
create table groups.subject_merge (
	id uuid primary key,
	subject_id uuid not null references groups.subject,
	into_id uuid not null references groups.subject,
	-- Since when the one was off the list; null: it was on it.
	retired_at timestamptz,
	-- Subjects that had become part of the one, and went along.
	along uuid[] not null default '{}',
	at timestamptz not null default now(),
	-- Until when it can be undone.
	until timestamptz not null,
	undone_at timestamptz
);
create unique index subject_merge_subject on groups.subject_merge (subject_id) where undone_at is null;

create table groups.merge_circle (
	merge_id uuid not null references groups.subject_merge on delete cascade,
	circle_id uuid not null references groups.circle on delete cascade,
	-- It had the other subject too.
	had_both boolean not null,
	primary key (merge_id, circle_id)
);
create index merge_circle_circle on groups.merge_circle (circle_id);

-- Who followed the one, as they followed it.
create table groups.merge_follow (
	merge_id uuid not null references groups.subject_merge on delete cascade,
	person_id uuid not null,
	had_both boolean not null,
	brings text not null default '',
	shown boolean not null,
	home_id uuid references territory.unit,
	in_feed boolean not null,
	at timestamptz not null,
	primary key (merge_id, person_id)
);
create index merge_follow_person on groups.merge_follow (person_id);
alter table groups.merge_follow enable row level security;
alter table groups.merge_follow force row level security;
create policy house on groups.merge_follow to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
