-- What hangs on an event is read by whoever may read the event, and by nobody else: reports, photos, shifts, dates that come back,
-- units that organise together, answers and questions (decision 21).

-- Events that a unit of the acting officer organises with another, or is asked to. Asked past the policies that would ask the event
-- again, once a query.
create function events.run_together() returns setof uuid language sql stable parallel safe rows 20
	security definer set search_path = pg_catalog, pg_temp
	as $$ select co_unit.event_id from events.co_unit join territory.unit as reached on reached.id = co_unit.unit_id
		where (co_unit.accepted or co_unit.answered_at is null) and reached.ancestors && (select territory.reach('event.create')) $$;
-- The same, and events that a whole group of the acting person is invited to.
create or replace function events.opened() returns setof uuid language sql stable parallel safe rows 50
	security definer set search_path = pg_catalog, pg_temp
	as $$ select invitation.event_id from events.invitation where invitation.person_id = platform.viewer()
		union select invitation.event_id from events.invitation where invitation.unit_id = any (territory.above())
		union select invitation.event_id from groups.seat join events.invitation on invitation.group_id = seat.circle_id
			where seat.person_id = platform.viewer()
		union select co_unit.event_id from events.co_unit where co_unit.accepted and co_unit.unit_id = any (territory.above()) $$;
create or replace function events.answers_for(event uuid, place uuid, shown_to text) returns boolean language sql stable parallel safe
	as $$ select territory.acts('event.create', place) or shown_to = 'unit' and territory.acts('posts.moderate', place) $$;

drop policy seen on events.event;
drop policy found on events.event;
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
			or (select platform.officer()) is not null
				and (id in (select events.run_together()) or events.answers_for(id, unit_id, visibility))) $rule$;
	one text;
begin
	execute format('create policy seen on events.event to coopol_app using (%1$s) with check (%1$s)', rule);
	execute format('create policy found on events.event for select to current_user using (%s)', rule);
	execute format('create or replace function events.holding(words text) returns setof uuid language sql stable parallel safe rows 50
		security definer set search_path = pg_catalog, pg_temp as %L',
		format('select event.id from events.event where event.search @@ websearch_to_tsquery(''french'', words) and (%s)', rule));
	execute format('create function events.shows(asked uuid) returns boolean language sql stable parallel safe
		security definer set search_path = pg_catalog, pg_temp as %L',
		format('select exists (select from events.event where event.id = asked and (%s))', rule));

	foreach one in array array['co_unit', 'report', 'report_picture', 'shift', 'series'] loop
		execute format('alter table events.%I enable row level security', one);
		execute format('alter table events.%I force row level security', one);
		execute format('create policy house on events.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
	-- Written by who organises; the read asks the event alone, which its own policy keeps.
	foreach one in array array['co_unit', 'report', 'report_picture', 'shift'] loop
		execute format('create policy added on events.%I for insert to coopol_app with check (events.organises(event_id))', one);
		execute format('create policy changed on events.%I for update to coopol_app
			using (events.organises(event_id)) with check (events.organises(event_id))', one);
		execute format('create policy removed on events.%I for delete to coopol_app using (events.organises(event_id))', one);
	end loop;
end $$;
create policy seen on events.shift for select to coopol_app
	using (exists (select from events.event where event.id = shift.event_id));
-- Every rule of an event asks this table three times: the policy of the event, written out in each, would be most of what PostgreSQL
-- plans. The units of who asks answer first; a function of the owner says the rest.
create policy seen on events.co_unit for select to coopol_app using (accepted and unit_id = any ((select territory.above())::uuid[])
	or (select platform.officer()) is not null and exists (select from territory.unit as reached where reached.id = co_unit.unit_id
		and reached.ancestors && (select territory.reach('event.create')))
	or events.shows(event_id));

-- A draft is its organisers'.
create policy seen on events.report for select to coopol_app using (exists (select from events.event where event.id = report.event_id)
	and (published_at is not null or events.organises(event_id)));
create policy seen on events.report_picture for select to coopol_app
	using (exists (select from events.report where report.event_id = report_picture.event_id));

-- The officers of a unit that is asked answer for it.
create policy answered on events.co_unit for update to coopol_app
	using ((select platform.officer()) is not null and territory.acts('event.create', unit_id))
	with check ((select platform.officer()) is not null and territory.acts('event.create', unit_id));
-- Who owns the table is under its policies too: it reads what `opened` and `run_together` need.
create policy asked on events.co_unit for select to current_user using (unit_id = any ((select territory.above())::uuid[])
	or exists (select from territory.unit as reached where reached.id = co_unit.unit_id
		and reached.ancestors && (select territory.reach('event.create'))));

-- How an event comes back is written before its first date has it.
create policy seen on events.series for select to coopol_app using (exists (select from events.event where event.series_id = series.id));
create policy made on events.series for insert to coopol_app with check ((select platform.viewer()) is not null);
create policy changed on events.series for update to coopol_app
	using (exists (select from events.event where event.series_id = series.id and events.organises(event.id)))
	with check (exists (select from events.event where event.series_id = series.id and events.organises(event.id)));

-- Who comes, takes a shift, asks and is answered is known to who may read the event; a unit's invitation, to the people of the unit.
drop policy coming on events.answer;
create policy coming on events.answer for select to coopol_app using (person_id is not null and answer = 'coming' and not is_waiting
	and (select platform.viewer()) is not null and exists (select from events.event where event.id = answer.event_id));
drop policy seen on events.taker;
create policy seen on events.taker for select to coopol_app
	using ((select platform.viewer()) is not null and exists (select from events.shift where shift.id = taker.shift_id));
drop policy answered on events.question;
create policy answered on events.question for select to coopol_app using (answered_at is not null
	and (select platform.viewer()) is not null and events.shows(event_id));
drop policy own on events.question;
create policy own on events.question to coopol_app using (by_id = platform.viewer())
	with check (by_id = platform.viewer() and events.shows(event_id));
drop policy unit on events.invitation;
create policy unit on events.invitation for select to coopol_app using (unit_id = any ((select territory.above())::uuid[]));
