-- A mission or an idea said to a unit is not read by a session of somebody else (decision 21).

-- Missions that the acting person is on the list of; ideas they support or are of the team of. Asked of the rows themselves, past
-- the policies that would ask the mission again, once a query. Tells nothing of anybody else.
create function missions.mine() returns setof uuid language sql stable parallel safe rows 20
	security definer set search_path = pg_catalog, pg_temp
	as $$ select enrolment.mission_id from missions.enrolment where enrolment.person_id = platform.viewer() $$;
create function missions.ideas_of_mine() returns setof uuid language sql stable parallel safe rows 20
	security definer set search_path = pg_catalog, pg_temp
	as $$ select support.initiative_id from missions.support where support.person_id = platform.viewer()
		union select teammate.initiative_id from missions.teammate where teammate.person_id = platform.viewer() $$;

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
		rule := format($rule$ audience = 'public' or (select platform.viewer()) is not null and (audience = 'network'
			or not is_official and by_id = (select platform.viewer()) or unit_id = any ((select territory.above())::uuid[])
			or id in (select missions.%I()) or (select platform.officer()) is not null
				and (territory.acts('mission.create', unit_id) or territory.acts('posts.moderate', unit_id))) $rule$,
			case one when 'mission' then 'mine' else 'ideas_of_mine' end);
		execute format('create policy seen on missions.%1$I to coopol_app using (%2$s) with check (%2$s)', one, rule);
		execute format('create policy found on missions.%1$I for select to current_user using (%2$s)', one, rule);
		-- The words of a search are looked up in their index, under the same rule: an index of words is of no use below a policy.
		execute format('create function missions.%I(words text) returns setof uuid language sql stable parallel safe rows 50
			security definer set search_path = pg_catalog, pg_temp as %L', case one when 'mission' then 'holding' else 'ideas_holding' end,
			format('select %1$I.id from missions.%1$I where %1$I.search @@ websearch_to_tsquery(''french'', words) and (%2$s)', one, rule));
	end loop;
end $$;
