-- An event is a unit's or a group's: one of the two, and only the one. What is a group's gives no unit any power on it.
alter table events.event alter column unit_id drop not null,
	add column group_id uuid references groups.circle,
	-- Why the house called it off by itself.
	add column cancel_cause text check (cancel_cause in ('group_asleep')),
	drop constraint event_visibility_check;
alter table events.event
	add constraint event_visibility_check check (visibility in ('public', 'network', 'members', 'unit', 'invited', 'group')),
	add constraint event_of_one check ((unit_id is null) <> (group_id is null)),
	add constraint event_group_shown check (case when group_id is null then visibility <> 'group'
		else visibility in ('public', 'network', 'group') end);
create index event_group on events.event (group_id, starts_at) where group_id is not null;

-- A whole group is invited in one act, as a unit is.
alter table events.invitation add column group_id uuid references groups.circle,
	drop constraint invitation_check,
	add constraint invitation_of_one check (num_nonnulls(unit_id, group_id, person_id) = 1),
	add constraint invitation_group_once unique (event_id, group_id);
create index invitation_group on events.invitation (group_id) where group_id is not null;
drop policy unit on events.invitation;
create policy unit on events.invitation for select to coopol_app
	using (unit_id is not null and platform.viewer() is not null);
create policy circle on events.invitation for select to coopol_app
	using (group_id is not null and exists (select from groups.seat
		where seat.person_id = platform.viewer() and seat.circle_id = invitation.group_id));

-- The viewer organises this event: as an officer of its unit or of one that organises with it; of a group's, as who leads the
-- group, or who planned it and is still of the group.
create or replace function events.organises(event uuid) returns boolean language sql stable parallel safe
	as $$ select exists (select from events.event as held join territory.unit as placed
		on placed.id = held.unit_id or placed.id in (select co_unit.unit_id from events.co_unit
			where co_unit.event_id = held.id and co_unit.accepted)
		where held.id = event and placed.ancestors && (select territory.reach('event.create')))
	or exists (select from events.event as held where held.id = event and held.group_id is not null
		and (groups.leads(held.group_id) or (held.by_id = platform.viewer() and exists (select from groups.seat
			where seat.person_id = platform.viewer() and seat.circle_id = held.group_id)))) $$;
