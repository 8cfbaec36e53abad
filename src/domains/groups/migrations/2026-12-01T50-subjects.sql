-- The list of subjects is kept by the office that keeps the settings; what leaves it keeps its groups and its page.
alter table groups.subject add column retired_at timestamptz;
alter table groups.subject add column merged_into uuid references groups.subject;
alter table groups.subject add constraint subject_merged_retired check (merged_into is null or retired_at is not null);

-- Wants to read at home what is said of the subject elsewhere.
alter table groups.follow add column in_feed boolean not null default false;
create index follow_in_feed on groups.follow (person_id) where in_feed;

-- A subject that somebody misses, and what the office answered.
create table groups.proposal (
	id uuid primary key,
	person_id uuid not null,
	name text not null,
	why text not null default '',
	at timestamptz not null default now(),
	answered_at timestamptz,
	answered_by uuid,
	answer text not null default '',
	-- The subject it became, or was already.
	subject_id uuid references groups.subject
);
create index proposal_person on groups.proposal (person_id, at desc);
create index proposal_waiting on groups.proposal (at) where answered_at is null;

-- The acting officer keeps the settings of the whole organisation.
create function groups.keeps_subjects() returns boolean language sql stable parallel safe
	as $$ select exists (select from territory.unit as top where top.parent_id is null
		and top.ancestors && (select territory.reach('settings.edit'))) $$;

alter table groups.proposal enable row level security;
alter table groups.proposal force row level security;
create policy house on groups.proposal to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on groups.proposal to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy keepers on groups.proposal to coopol_app
	using ((select groups.keeps_subjects())) with check ((select groups.keeps_subjects()));
