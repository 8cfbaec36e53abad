-- A mission or an idea said to a unit is not read by a session of somebody else (decision 21).

-- On the list of a mission, or an officer who calls for missions there or moderates. Asked of the rows themselves, past the policies
-- that would ask the mission again. Gives a yes or a no about who asks.
create function missions.lets_in(mission uuid, place uuid) returns boolean language sql stable parallel safe
	security definer set search_path = pg_catalog, pg_temp
	as $$ select exists (select from missions.enrolment where enrolment.mission_id = mission and enrolment.person_id = platform.viewer())
		or platform.officer() is not null and (territory.acts('mission.create', place) or territory.acts('posts.moderate', place)) $$;
-- The same of an idea: supports it, or is of its team.
create function missions.stands_with(idea uuid, place uuid) returns boolean language sql stable parallel safe
	security definer set search_path = pg_catalog, pg_temp
	as $$ select exists (select from missions.support where support.initiative_id = idea and support.person_id = platform.viewer())
		or exists (select from missions.teammate where teammate.initiative_id = idea and teammate.person_id = platform.viewer())
		or platform.officer() is not null and (territory.acts('mission.create', place) or territory.acts('posts.moderate', place)) $$;

do $$
declare
	one text;
	rule text;
begin
	foreach one in array array['enrolment', 'support', 'teammate'] loop
		-- Who owns the tables is under their policies too: it reads the lines of who asks.
		execute format('create policy asked on missions.%I for select to current_user using (person_id = platform.viewer())', one);
	end loop;
	foreach one in array array['mission', 'initiative'] loop
		execute format('alter table missions.%I enable row level security', one);
		execute format('alter table missions.%I force row level security', one);
		execute format('create policy house on missions.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
		rule := format($rule$ audience = 'public' or platform.viewer() is not null and (audience = 'network' or not is_official and by_id = platform.viewer()
			or unit_id = any ((select territory.above())::uuid[]) or missions.%I(id, unit_id)) $rule$,
			case one when 'mission' then 'lets_in' else 'stands_with' end);
		execute format('create policy seen on missions.%1$I to coopol_app using (%2$s) with check (%2$s)', one, rule);
		execute format('create policy found on missions.%1$I for select to current_user using (%2$s)', one, rule);
		-- The words of a search are looked up in their index, under the same rule: an index of words is of no use below a policy.
		execute format('create function missions.%I(words text) returns setof uuid language sql stable parallel safe rows 50
			security definer set search_path = pg_catalog, pg_temp as %L', case one when 'mission' then 'holding' else 'ideas_holding' end,
			format('select %1$I.id from missions.%1$I where %1$I.search @@ websearch_to_tsquery(''french'', words) and (%2$s)', one, rule));
	end loop;
end $$;
