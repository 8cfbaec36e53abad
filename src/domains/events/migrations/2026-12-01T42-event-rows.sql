-- What is for a unit, for a group or for those invited is not read by a session of somebody else (decision 21).

-- Events that the acting person is invited to, by name or as people of a unit, and those that one of their units organises with
-- another. Asked of the rows themselves, past the policies that would ask the event again, once a query. Tells nothing of anybody else.
create function events.opened() returns setof uuid language sql stable parallel safe rows 50
	security definer set search_path = pg_catalog, pg_temp
	as $$ select invitation.event_id from events.invitation where invitation.person_id = platform.viewer()
		union select invitation.event_id from events.invitation where invitation.unit_id = any (territory.above())
		union select co_unit.event_id from events.co_unit where co_unit.accepted and co_unit.unit_id = any (territory.above()) $$;
-- Who owns the tables is under their policies too: it reads what the answer needs.
create policy asked on events.invitation for select to current_user
	using (person_id is null or person_id = platform.viewer());

-- The acting officer organises it, is asked to, or moderates what is said to the unit.
create function events.answers_for(event uuid, place uuid, shown_to text) returns boolean language sql stable parallel safe
	as $$ select territory.acts('event.create', place) or shown_to = 'unit' and territory.acts('posts.moderate', place)
		or exists (select from events.co_unit where co_unit.event_id = event
			and (co_unit.accepted or co_unit.answered_at is null) and territory.acts('event.create', co_unit.unit_id)) $$;

alter table events.event enable row level security;
alter table events.event force row level security;
create policy house on events.event to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
do $$
declare
	-- What costs is asked last, and of what is restricted alone. What a group shows outside, it shows while it is open.
	rule text := $rule$
		case when group_id is null or exists (select from groups.circle where circle.id = group_id and circle.visibility = 'open')
			then visibility = 'public' or (select platform.viewer()) is not null and visibility in ('network', 'members', 'group') else false end
		or (select platform.viewer()) is not null and (
			visibility = 'unit' and unit_id = any ((select territory.above())::uuid[]) or id in (select events.opened())
			or group_id is not null and (
				group_id in (select seat.circle_id from groups.seat where seat.person_id = platform.viewer()) or groups.leads(group_id)
				or exists (select from safety.report where report.place_id = event.id and report.decision_id is null))
			or id in (select invitation.event_id from events.invitation join groups.seat on seat.circle_id = invitation.group_id
				where seat.person_id = platform.viewer())
			or (select platform.officer()) is not null and events.answers_for(id, unit_id, visibility)) $rule$;
begin
	execute format('create policy seen on events.event to coopol_app using (%1$s) with check (%1$s)', rule);
	-- The words of a search are looked up in their index, under the same rule: an index of words is of no use below a policy.
	execute format('create policy found on events.event for select to current_user using (%s)', rule);
	execute format('create function events.holding(words text) returns setof uuid language sql stable parallel safe rows 50
		security definer set search_path = pg_catalog, pg_temp as %L',
		format('select event.id from events.event where event.search @@ websearch_to_tsquery(''french'', words) and (%s)', rule));
end $$;
