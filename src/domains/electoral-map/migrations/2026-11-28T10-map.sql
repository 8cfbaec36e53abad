-- One file of one kind, as loaded once. Its rows never change: to load again is another source, and the former one stays.
create table electoral_map.source (
	id uuid primary key,
	kind text not null check (kind in ('outlines', 'addresses', 'iris', 'census', 'results', 'weights')),
	-- Of the outlines (2017), of the figures (2016); for results, the outlines they were counted on, when known.
	vintage text not null default '',
	election text,
	-- Null when a command did it.
	by_id uuid,
	-- Checked: its rows are being written. Refused: it has no rows, its report says why.
	state text not null check (state in ('checked', 'current', 'past', 'refused')),
	-- Of several current ones that hold a commune, the last put there counts.
	current_at timestamptz,
	-- Of a base of figures, in the order of `census_row.values`.
	columns text[] not null default '{}',
	counts jsonb not null default '{}',
	report jsonb not null default '{}',
	seconds real not null default 0,
	file_name text not null default '',
	created_at timestamptz not null default now()
);
create index source_current on electoral_map.source (kind, vintage, election) where state = 'current';

-- The communes that a source tells something about.
create table electoral_map.cover (
	source_id uuid not null references electoral_map.source on delete cascade,
	commune text collate "C" not null,
	primary key (source_id, commune)
);
create index cover_commune on electoral_map.cover (commune);

-- Outlines are the coordinates of a multipolygon, in degrees, as deflated JSON; null where the file has no usable shape.
create table electoral_map.station (
	source_id uuid not null references electoral_map.source on delete cascade,
	key text collate "C" not null,
	commune text collate "C" not null,
	outline bytea,
	primary key (source_id, key)
);
create index station_commune on electoral_map.station (source_id, commune);

create table electoral_map.iris (
	source_id uuid not null references electoral_map.source on delete cascade,
	iris text collate "C" not null,
	commune text collate "C" not null,
	outline bytea not null,
	primary key (source_id, iris)
);
create index iris_commune on electoral_map.iris (source_id, commune);

-- Where the voters of a station live: longitude, latitude, addresses there, and again. A country has fifteen million.
create table electoral_map.address (
	source_id uuid not null references electoral_map.source on delete cascade,
	key text collate "C" not null,
	commune text collate "C" not null,
	points float8[] not null,
	primary key (source_id, key)
);
create index address_commune on electoral_map.address (source_id, commune);

-- NaN where INSEE gives no figure.
create table electoral_map.census_row (
	source_id uuid not null references electoral_map.source on delete cascade,
	iris text collate "C" not null,
	commune text collate "C" not null,
	quality smallint not null,
	values float8[] not null,
	primary key (source_id, iris)
);
create index census_row_commune on electoral_map.census_row (source_id, commune);

-- `2017_pres_t1`, and its parts when the name has them.
create table electoral_map.election (
	id text primary key,
	year int,
	kind text,
	round int,
	date date,
	-- The outlines that its stations were counted on.
	vintage text
);

-- The candidates of a ballot, in the order of `count.votes`: one for a country, or one per constituency.
create table electoral_map.slate (
	source_id uuid not null references electoral_map.source on delete cascade,
	number int not null,
	candidates jsonb not null,
	primary key (source_id, number)
);

create table electoral_map.count (
	source_id uuid not null references electoral_map.source on delete cascade,
	key text collate "C" not null,
	commune text collate "C" not null,
	registered int not null,
	voters int not null,
	blank int,
	spoilt int,
	valid int not null,
	slate int not null,
	votes int[] not null,
	primary key (source_id, key)
);
create index count_commune on electoral_map.count (source_id, commune);

-- What the organisation says of a political label or of a name; an empty election means all of them.
create table electoral_map.nuance (
	election text not null default '',
	label text not null,
	bloc text not null,
	primary key (election, label)
);

-- How the IRIS of one source are shared out among the stations of others; or a table of weights as it was given.
create table electoral_map.weight_table (
	id uuid primary key,
	-- Of the stations.
	vintage text not null,
	outlines_id uuid references electoral_map.source on delete cascade,
	addresses_id uuid references electoral_map.source on delete cascade,
	iris_id uuid references electoral_map.source on delete cascade,
	given_id uuid references electoral_map.source on delete cascade,
	-- The sources above, in one text: the same are crossed once.
	pair text not null unique,
	method text not null check (method in ('area', 'addresses', 'given')),
	made_at timestamptz not null default now()
);

create table electoral_map.weight (
	table_id uuid not null references electoral_map.weight_table on delete cascade,
	commune text collate "C" not null,
	iris text collate "C" not null,
	key text collate "C" not null,
	weight float8 not null,
	area float8,
	primary key (table_id, iris, key)
);
create index weight_commune on electoral_map.weight (table_id, commune);

create table electoral_map.coverage (
	table_id uuid not null references electoral_map.weight_table on delete cascade,
	iris text collate "C" not null,
	commune text collate "C" not null,
	coverage float8,
	nearest boolean not null,
	primary key (table_id, iris)
);
create index coverage_commune on electoral_map.coverage (table_id, commune);

-- One row per station of every commune that was crossed.
create table electoral_map.station_quality (
	table_id uuid not null references electoral_map.weight_table on delete cascade,
	key text collate "C" not null,
	commune text collate "C" not null,
	irises int not null,
	largest float8,
	coverage float8,
	primary key (table_id, key)
);
create index station_quality_commune on electoral_map.station_quality (table_id, commune);

-- Counts of a base shared out by a table of weights, in the order of the columns of the base.
create table electoral_map.estimate (
	base_id uuid not null references electoral_map.source on delete cascade,
	table_id uuid not null references electoral_map.weight_table on delete cascade,
	key text collate "C" not null,
	commune text collate "C" not null,
	values float8[] not null,
	mark text not null check (mark in ('good', 'fair', 'poor')),
	primary key (base_id, table_id, key)
);
create index estimate_commune on electoral_map.estimate (base_id, table_id, commune);

-- Communes whose estimates are made: how many of their IRIS were shared out, and how many nothing shares out.
create table electoral_map.estimated (
	base_id uuid not null references electoral_map.source on delete cascade,
	table_id uuid not null references electoral_map.weight_table on delete cascade,
	commune text collate "C" not null,
	joined int not null,
	left_out int not null,
	primary key (base_id, table_id, commune)
);

-- The map works as a role that can reach nothing else: whatever a query of this domain says, no list of people answers.
do $$
begin
	create role coopol_map nologin nosuperuser nocreatedb nocreaterole noinherit;
exception
	-- Roles are shared by every database of a server, and another may be making the same one.
	when duplicate_object or unique_violation then null;
end $$;
grant usage on schema electoral_map to coopol_map;
grant select, insert, update, delete on all tables in schema electoral_map to coopol_map;
alter default privileges in schema electoral_map grant select, insert, update, delete on tables to coopol_map;
grant coopol_map to coopol_app, coopol_system;
