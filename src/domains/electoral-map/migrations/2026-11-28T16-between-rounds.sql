-- Between two rounds: counts entered station by station, and stations chosen for sections.

-- Counts of one election entered by hand on one ground, from the evening of the vote to the official file.
create table electoral_map.tally (
	id uuid primary key,
	election text not null,
	-- Who opened it: the officers of that unit settle what differs.
	unit_id uuid not null,
	-- The unit's or the town's, as it was that day.
	place text not null,
	communes text[] not null,
	-- Of the outlines that its stations have.
	vintage text not null default '',
	-- Lists or candidates in the order of the board, as `slate.candidates`.
	candidates jsonb not null,
	-- Withdrawn: its figures are shown nowhere; nothing that was typed is lost.
	state text not null default 'open' check (state in ('open', 'closed', 'withdrawn')),
	opened_at timestamptz not null default now()
);
create index tally_election on electoral_map.tally (election);

-- A station to count, and its figures once they are settled.
create table electoral_map.tally_station (
	tally_id uuid not null references electoral_map.tally on delete cascade,
	key text collate "C" not null,
	commune text collate "C" not null,
	-- Registered voters of the round before, to see a slip.
	known int,
	-- Two people typed the same, or an officer decided between them.
	settled text check (settled in ('agreed', 'decided')),
	registered int,
	voters int,
	blank int,
	spoilt int,
	votes int[],
	settled_at timestamptz,
	primary key (tally_id, key)
);

-- What one person typed of one station; typed again, it replaces the former.
create table electoral_map.tally_entry (
	id uuid primary key,
	tally_id uuid not null,
	key text collate "C" not null,
	-- Null once they are erased: the figures are the ballot's.
	by_id uuid,
	by_name text not null default '',
	registered int not null,
	voters int not null,
	blank int not null,
	spoilt int not null,
	votes int[] not null,
	entered_at timestamptz not null default now(),
	foreign key (tally_id, key) references electoral_map.tally_station on delete cascade,
	unique (tally_id, key, by_id)
);
create index tally_entry_person on electoral_map.tally_entry (by_id);

-- A source made of what was typed is provisional: it is made anew at each station settled, and an official file replaces it.
alter table electoral_map.source add column tally_id uuid references electoral_map.tally on delete cascade;
create index source_tally on electoral_map.source (tally_id) where tally_id is not null;

-- Stations chosen for some work: targets between two rounds; missions and turfs are made of them too.
create table electoral_map.selection (
	id uuid primary key,
	name text not null,
	election text not null,
	-- Who made it.
	unit_id uuid not null,
	state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
	made_at timestamptz not null default now(),
	published_at timestamptz
);
create index selection_unit on electoral_map.selection (unit_id);

create table electoral_map.selected (
	selection_id uuid not null references electoral_map.selection on delete cascade,
	key text collate "C" not null,
	commune text collate "C" not null,
	-- From 1: where to go first.
	rank int not null,
	-- Votes that sleep, when they are known, as on the day of the choice.
	reserve int,
	-- The section that goes there; null as long as nobody is said.
	unit_id uuid,
	primary key (selection_id, key)
);
create index selected_unit on electoral_map.selected (unit_id);

grant select, insert, update, delete on electoral_map.tally, electoral_map.tally_station, electoral_map.tally_entry,
	electoral_map.selection, electoral_map.selected to coopol_map;
