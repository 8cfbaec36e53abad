-- A call for help on the ground: what, where, when, how many. Its words are said to a unit or to the whole network.
create table missions.mission (
	id uuid primary key,
	kind text not null check (kind in ('leaflets', 'doors', 'stand', 'posters', 'other')),
	title text not null,
	text text not null default '',
	unit_id uuid not null references territory.unit,
	-- Its people and those below, or everybody of the network.
	audience text not null default 'unit' check (audience in ('unit', 'network')),
	by_id uuid not null,
	-- Asked for by who answers for the unit; otherwise somebody's own idea, marked so.
	is_official boolean not null,
	place text not null,
	-- Code of the town, and the polling station it was made of, when it comes from the map.
	commune text,
	station text,
	starts_at timestamptz not null,
	ends_at timestamptz not null,
	needed int not null check (needed between 1 and 500),
	-- People enrolled now; kept by code, under the lock of the row.
	enrolled int not null default 0 check (enrolled between 0 and needed),
	state text not null default 'open' check (state in ('open', 'closed', 'cancelled')),
	cancel_reason text not null default '',
	-- What was counted, once it is over.
	people int,
	doors int,
	leaflets int,
	report text not null default '',
	created_at timestamptz not null default now(),
	settled_at timestamptz,
	reminded_at timestamptz,
	-- Grows at each change.
	version int not null default 1,
	-- Folded words, for the search; French stems.
	folded text not null default '',
	search tsvector generated always as (to_tsvector('french', folded)) stored,
	check (ends_at > starts_at)
);
create index mission_unit on missions.mission (unit_id, starts_at);
create index mission_coming on missions.mission (ends_at) where state = 'open';
create index mission_by on missions.mission (by_id);
create index mission_search on missions.mission using gin (search);

-- Who comes. Read by that person, and by who leads the mission.
create table missions.enrolment (
	mission_id uuid not null references missions.mission on delete cascade,
	person_id uuid not null,
	at timestamptz not null default now(),
	left_at timestamptz,
	-- Said by who leads, once it began; null as long as nobody said.
	came boolean,
	primary key (mission_id, person_id)
);
create index enrolment_person on missions.enrolment (person_id, at desc);

-- The acting person leads this mission: theirs when it is their own idea, else their office makes missions there.
create function missions.leads(mission uuid) returns boolean language sql stable parallel safe
	as $$ select exists (select from missions.mission as led join territory.unit as placed on placed.id = led.unit_id
		where led.id = mission and ((not led.is_official and led.by_id = platform.viewer())
			or placed.ancestors && (select territory.reach('mission.create')))) $$;

alter table missions.enrolment enable row level security;
alter table missions.enrolment force row level security;
create policy house on missions.enrolment to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on missions.enrolment to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy leads on missions.enrolment for select to coopol_app using (missions.leads(mission_id));
create policy counts on missions.enrolment for update to coopol_app
	using (missions.leads(mission_id)) with check (missions.leads(mission_id));
