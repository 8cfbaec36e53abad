-- A secret group is not read by a session of somebody who is not of it (decision 21). Any other is, by whoever has an account; an
-- open one by all, for what it shows to visitors.

-- Groups that the acting person is of, or invited to: asked of the rows themselves, past the policies that would ask the group
-- again, once a query. Tells nothing of anybody else.
create function groups.mine() returns setof uuid language sql stable parallel safe rows 20
	security definer set search_path = pg_catalog, pg_temp
	as $$ select membership.circle_id from groups.membership
		where membership.person_id = platform.viewer() and membership.state in ('member', 'invited') $$;
-- Who owns the tables is under their policies too: it reads the lines of who asks, and the groups that answer for what is asked.
create policy asked on groups.membership for select to current_user using (person_id = platform.viewer());
create policy asked on groups.seat for select to current_user using (person_id = platform.viewer());
create policy asked on groups.circle for select to current_user
	using (visibility = 'open' or unit_id is not null or owner_id = platform.viewer());

alter table groups.circle enable row level security;
alter table groups.circle force row level security;
create policy house on groups.circle to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
do $$
declare rule text := $rule$ visibility = 'open' or (select platform.viewer()) is not null
	and (visibility = 'closed' or owner_id = (select platform.viewer()) or id in (select groups.mine())) $rule$;
begin
	execute format('create policy seen on groups.circle to coopol_app using (%1$s) with check (%1$s)', rule);
end $$;
