-- Two people kept apart, whoever asked for it. Only the one who blocked is told that it is so.
create table safety.block (
	person_id uuid not null,
	blocked_id uuid not null,
	at timestamptz not null default now(),
	primary key (person_id, blocked_id),
	check (person_id <> blocked_id)
);
create index block_blocked on safety.block (blocked_id);

-- Somebody whose posts and notices one no longer gets; they do not know it, and nothing else changes.
create table safety.mute (
	person_id uuid not null,
	muted_id uuid not null,
	at timestamptz not null default now(),
	primary key (person_id, muted_id),
	check (person_id <> muted_id)
);
create index mute_muted on safety.mute (muted_id);

-- What moderation hid, now. Shown again, the row goes; the decision stays.
create table safety.hidden (
	kind text not null check (kind in ('post', 'comment')),
	subject_id uuid not null,
	decision_id uuid not null,
	at timestamptz not null default now(),
	primary key (kind, subject_id)
);

-- Somebody asks moderators to look at something. One per person and subject: a second one completes the first.
create table safety.report (
	id uuid primary key,
	reporter_id uuid not null,
	kind text not null check (kind in ('post', 'comment', 'profile')),
	subject_id uuid not null,
	-- The post of a comment; the subject itself otherwise: where to read it.
	place_id uuid not null,
	author_id uuid not null,
	-- The unit whose moderators look first; those above may too. Null: the national ones.
	unit_id uuid references territory.unit,
	reason text not null,
	note text not null default '',
	at timestamptz not null default now(),
	decision_id uuid
);
create unique index report_once on safety.report (reporter_id, kind, subject_id) where decision_id is null;
create index report_open on safety.report (at) where decision_id is null;
create index report_subject on safety.report (kind, subject_id);
create index report_author on safety.report (author_id);
create index report_decision on safety.report (decision_id);

-- One moderator at a time looks at a subject.
create table safety.review (
	kind text not null,
	subject_id uuid not null,
	by_id uuid not null,
	until timestamptz not null,
	primary key (kind, subject_id)
);

-- What was decided about a subject, by which rule; answers every open report about it.
create table safety.decision (
	id uuid primary key,
	kind text not null,
	subject_id uuid not null,
	place_id uuid not null,
	author_id uuid not null,
	unit_id uuid references territory.unit,
	by_id uuid not null,
	outcome text not null check (outcome in ('keep', 'hide', 'warn', 'suspend')),
	rule text not null,
	note text not null default '',
	-- The words judged, for whoever hears the appeal.
	words text not null default '',
	suspension_id uuid,
	at timestamptz not null default now(),
	reversed_at timestamptz
);
create index decision_author on safety.decision (author_id, at);
create index decision_unit on safety.decision (unit_id, at);
create index decision_subject on safety.decision (kind, subject_id);
create index decision_at on safety.decision (at);

-- The author asks somebody else to look again.
create table safety.appeal (
	id uuid primary key,
	decision_id uuid not null unique references safety.decision on delete cascade,
	person_id uuid not null,
	text text not null,
	at timestamptz not null default now(),
	-- Answer promised by.
	due_at timestamptz not null,
	decided_at timestamptz,
	decided_by uuid,
	outcome text check (outcome in ('confirmed', 'reversed')),
	answer text not null default ''
);
create index appeal_open on safety.appeal (due_at) where decided_at is null;
create index appeal_person on safety.appeal (person_id);

-- The acting officer moderates this unit; what belongs to no unit is for those of the top.
create function safety.moderates(unit uuid) returns boolean language sql stable parallel safe
	as $$ select exists (select from territory.unit as placed
		where (placed.id = unit or (unit is null and placed.parent_id is null))
			and placed.ancestors && (select territory.reach('posts.moderate'))) $$;

do $$
declare one text;
begin
	foreach one in array array['block', 'mute', 'report', 'review', 'decision', 'appeal'] loop
		execute format('alter table safety.%I enable row level security', one);
		execute format('alter table safety.%I force row level security', one);
		execute format('create policy house on safety.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
-- Both are kept apart, so rules read both ways; only the one who blocked writes.
create policy apart on safety.block for select to coopol_app using (platform.viewer() in (person_id, blocked_id));
create policy own on safety.block to coopol_app using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy own on safety.mute to coopol_app using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy own on safety.report to coopol_app using (reporter_id = platform.viewer()) with check (reporter_id = platform.viewer());
create policy moderators on safety.report to coopol_app
	using (safety.moderates(unit_id) and platform.viewer() not in (author_id, reporter_id))
	with check (safety.moderates(unit_id));
create policy moderators on safety.review to coopol_app using (platform.officer() is not null) with check (by_id = platform.officer());
create policy author on safety.decision for select to coopol_app using (author_id = platform.viewer());
create policy moderators on safety.decision to coopol_app
	using (safety.moderates(unit_id) and author_id <> platform.viewer())
	with check (safety.moderates(unit_id) and author_id <> platform.viewer());
create policy own on safety.appeal to coopol_app using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy moderators on safety.appeal to coopol_app
	using (exists (select from safety.decision where decision.id = decision_id and decision.by_id <> platform.viewer()
		and decision.author_id <> platform.viewer() and safety.moderates(decision.unit_id)))
	with check (person_id <> platform.viewer());
