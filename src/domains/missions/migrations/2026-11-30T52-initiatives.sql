-- An idea, looking for support and for a team; missions come of it.
create table missions.initiative (
	id uuid primary key,
	title text not null,
	text text not null,
	unit_id uuid not null references territory.unit,
	audience text not null default 'unit' check (audience in ('unit', 'network')),
	by_id uuid not null,
	is_official boolean not null,
	-- People who support it now, and who are of its team; kept by code, under the lock of the row.
	supports int not null default 0,
	team int not null default 0,
	state text not null default 'open' check (state in ('open', 'closed')),
	created_at timestamptz not null default now(),
	closed_at timestamptz,
	folded text not null default '',
	search tsvector generated always as (to_tsvector('french', folded)) stored
);
create index initiative_unit on missions.initiative (unit_id, created_at desc);
create index initiative_by on missions.initiative (by_id);
create index initiative_search on missions.initiative using gin (search);
alter table missions.mission add column initiative_id uuid references missions.initiative on delete set null;
create index mission_initiative on missions.mission (initiative_id) where initiative_id is not null;

-- Who supports what: read by that person alone; the others read a number.
create table missions.support (
	initiative_id uuid not null references missions.initiative on delete cascade,
	person_id uuid not null,
	at timestamptz not null default now(),
	primary key (initiative_id, person_id)
);
create index support_person on missions.support (person_id);

-- Who asked to be of the team, and since when they are: once they are, those who see the idea read their name.
create table missions.teammate (
	initiative_id uuid not null references missions.initiative on delete cascade,
	person_id uuid not null,
	asked_at timestamptz not null default now(),
	accepted_at timestamptz,
	primary key (initiative_id, person_id)
);
create index teammate_person on missions.teammate (person_id);

-- The acting person leads this idea, as `missions.leads` says it of a mission.
create function missions.proposes(idea uuid) returns boolean language sql stable parallel safe
	as $$ select exists (select from missions.initiative as led join territory.unit as placed on placed.id = led.unit_id
		where led.id = idea and ((not led.is_official and led.by_id = platform.viewer())
			or placed.ancestors && (select territory.reach('mission.create')))) $$;

do $$
declare one text;
begin
	foreach one in array array['support', 'teammate'] loop
		execute format('alter table missions.%I enable row level security', one);
		execute format('alter table missions.%I force row level security', one);
		execute format('create policy house on missions.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy own on missions.support to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy team on missions.teammate for select to coopol_app
	using (accepted_at is not null and platform.viewer() is not null);
create policy own on missions.teammate for select to coopol_app using (person_id = platform.viewer());
create policy asks on missions.teammate for insert to coopol_app
	with check (person_id = platform.viewer() and (accepted_at is null or missions.proposes(initiative_id)));
create policy quits on missions.teammate for delete to coopol_app
	using (person_id = platform.viewer() or missions.proposes(initiative_id));
create policy leads on missions.teammate for select to coopol_app using (missions.proposes(initiative_id));
create policy accepts on missions.teammate for update to coopol_app
	using (missions.proposes(initiative_id)) with check (missions.proposes(initiative_id));
