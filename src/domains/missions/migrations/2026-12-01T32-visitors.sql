-- A mission of a unit may be read by everybody, and joined with a mail address alone.
alter table missions.mission drop constraint mission_audience_check;
alter table missions.mission add constraint mission_audience_check check (audience in ('unit', 'network', 'public'));
-- A member's own idea is said inside.
alter table missions.mission add check (is_official or audience <> 'public');

-- Somebody without account who comes to a public mission; read by the house alone.
create table missions.visitor (
	id uuid primary key,
	mission_id uuid not null references missions.mission on delete cascade,
	email text not null,
	email_key text not null,
	name text not null default '',
	language text not null default 'fr',
	-- Of the link in the mail; confirms, then gives the place back.
	token_hash text not null unique,
	asked_at timestamptz not null default now(),
	confirmed_at timestamptz,
	-- What was last written to them of it: all that their page says once the mission is not public any more.
	told jsonb,
	unique (mission_id, email_key)
);

-- Their place on the list, by the name they gave: for who leads the mission.
create table missions.guest (
	visitor_id uuid primary key references missions.visitor on delete cascade,
	mission_id uuid not null references missions.mission on delete cascade,
	name text not null default '',
	at timestamptz not null default now(),
	-- Said by who leads, once it began; null as long as nobody said.
	came boolean
);
create index guest_mission on missions.guest (mission_id);

do $$
declare one text;
begin
	foreach one in array array['visitor', 'guest'] loop
		execute format('alter table missions.%I enable row level security', one);
		execute format('alter table missions.%I force row level security', one);
		execute format('create policy house on missions.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy leads on missions.guest for select to coopol_app using (missions.leads(mission_id));
create policy counts on missions.guest for update to coopol_app
	using (missions.leads(mission_id)) with check (missions.leads(mission_id));
