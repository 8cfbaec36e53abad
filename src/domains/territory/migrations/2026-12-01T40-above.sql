-- The units of the acting person and all those above them: what a unit says to its people is said to these. Row-level security asks it,
-- once a query.
create function territory.above() returns uuid[] language sql stable parallel safe
	as $$ select coalesce(array_agg(distinct above.id), '{}') from territory.unit as own cross join unnest(own.ancestors) as above(id)
		where own.id = any (platform.viewer_units()) $$;

-- The acting officer holds this power on this unit, or on one above it.
create function territory.acts(wanted text, place uuid) returns boolean language sql stable parallel safe
	as $$ select platform.officer() is not null and exists (select from territory.unit as reached
		where reached.id = place and reached.ancestors && territory.reach(wanted)) $$;
