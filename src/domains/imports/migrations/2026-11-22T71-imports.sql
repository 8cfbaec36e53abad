-- One file (or the French territory) on its way in, and what it became.
create table imports.import (
	id uuid primary key,
	kind text not null check (kind in ('units', 'members', 'territory')),
	-- Null when a command did it.
	by_id uuid,
	-- Nothing above or beside this unit is touched.
	unit_id uuid not null references territory.unit,
	-- The bytes as they came, in storage; null once thrown away.
	stored_id text,
	file_name text not null default '',
	bytes bigint not null default 0,
	-- How it is written: encoding, separator, what was found by itself.
	reading jsonb not null default '{}',
	-- What each column was understood as, with three examples: contact details.
	columns jsonb not null default '[]',
	-- Field → column, checked.
	mapping jsonb,
	-- Values of the column of choices, how many lines have each, and the organisation's key for it.
	choices jsonb not null default '[]',
	state text not null default 'uploaded'
		check (state in ('uploaded', 'mapped', 'checked', 'running', 'done', 'undoing', 'undone', 'failed', 'dropped')),
	-- Members of the unit who are not in the file lapse.
	lapse boolean not null default false,
	counts jsonb not null default '{}',
	done int not null default 0,
	total int not null default 0,
	tries int not null default 0,
	problem text,
	created_at timestamptz not null default now(),
	started_at timestamptz,
	-- Last sign of life of the work: a silent one is taken up again.
	beat_at timestamptz,
	finished_at timestamptz,
	undo_until timestamptz
);
create index import_by on imports.import (by_id, created_at desc);
create index import_unit on imports.import (unit_id, created_at desc);
create index import_working on imports.import (started_at) where state in ('mapped', 'running', 'undoing');

create table imports.line (
	import_id uuid not null references imports.import on delete cascade,
	line int not null,
	cells jsonb not null,
	-- What was read; null when the line cannot be taken without a correction.
	value jsonb,
	problems jsonb not null default '[]',
	state text not null check (state in ('ready', 'doubt', 'refused')),
	skipped boolean not null default false,
	unit_id uuid,
	-- The person or unit it is about: found, or to be made under this id.
	subject_id uuid,
	plan text check (plan in ('create', 'update', 'same', 'elsewhere')),
	-- Keyed prints: which one it is, and what it says.
	key text,
	hash text,
	-- Units: parents first.
	rank int not null default 0,
	applied_at timestamptz,
	outcome text,
	primary key (import_id, line)
);
create index line_todo on imports.line (import_id, rank, line) where applied_at is null;
create index line_doubt on imports.line (import_id, line) where state <> 'ready';
create index line_subject on imports.line (import_id, subject_id);

-- What was there before each change, so that seven days later it can be again.
create table imports.change (
	import_id uuid not null references imports.import on delete cascade,
	seq bigint generated always as identity,
	subject text not null check (subject in ('person', 'unit')),
	subject_id uuid not null,
	-- Null when the import made it.
	before jsonb,
	undone_at timestamptz,
	primary key (import_id, seq)
);
create index change_todo on imports.change (import_id, seq desc) where undone_at is null;
create index change_subject on imports.change (subject_id);

-- What the last file said of each person or unit, as prints: the next one changes the difference only.
create table imports.known (
	key text primary key,
	kind text not null check (kind in ('units', 'members')),
	subject_id uuid not null,
	hash text not null
);
create index known_subject on imports.known (subject_id);

-- Lines about people of another unit: its officers decide.
create table imports.proposal (
	id uuid primary key,
	import_id uuid not null references imports.import on delete cascade,
	line int not null,
	unit_id uuid not null references territory.unit,
	from_id uuid,
	value jsonb not null,
	made_at timestamptz not null default now(),
	decided_at timestamptz,
	decided_by uuid,
	outcome text check (outcome in ('accepted', 'refused')),
	unique (import_id, line)
);
create index proposal_open on imports.proposal (unit_id) where decided_at is null;

-- How this organisation names its columns and choices: asked once.
create table imports.remembered (
	kind text not null,
	-- '' for a column; else the field whose values these are.
	field text not null,
	folded text not null,
	meaning text,
	primary key (kind, field, folded)
);

do $$
declare one text;
begin
	foreach one in array array['import', 'line', 'change', 'known', 'proposal'] loop
		execute format('alter table imports.%I enable row level security', one);
		execute format('alter table imports.%I force row level security', one);
		execute format('create policy house on imports.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
-- The officer who sent the file, second factor given.
create policy own on imports.import to coopol_app using (by_id = platform.officer()) with check (by_id = platform.officer());
create policy own on imports.line to coopol_app
	using (exists (select from imports.import where import.id = import_id and import.by_id = platform.officer()));
create policy own on imports.change for select to coopol_app
	using (exists (select from imports.import where import.id = import_id and import.by_id = platform.officer()));
create policy officers on imports.proposal to coopol_app
	using (exists (select from territory.unit where unit.id = unit_id
		and unit.ancestors && (select territory.reach('members.import') || territory.reach('members.welcome'))));
