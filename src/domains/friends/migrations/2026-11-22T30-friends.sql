-- Two people who chose each other: one row each way, so that "my friends" is one index range.
create table friends.link (
	person_id uuid not null,
	friend_id uuid not null,
	since timestamptz not null default now(),
	primary key (person_id, friend_id),
	check (person_id <> friend_id)
);
create index link_friend on friends.link (friend_id);

-- What one person asked another: a single row for each direction, written again when they ask again later.
-- A refusal is never told: the one who asked sees a request without answer, until they may ask again.
create table friends.request (
	id uuid primary key,
	from_id uuid not null,
	to_id uuid not null,
	note text not null default '',
	asked_at timestamptz not null default now(),
	answered_at timestamptz,
	answer text check (answer in ('accepted', 'refused')),
	withdrawn_at timestamptz,
	unique (from_id, to_id),
	check (from_id <> to_id)
);
create index request_to on friends.request (to_id, asked_at);

-- Where a person has spoken, beyond their own unit: who heard them may open their profile.
create table friends.shown (
	person_id uuid not null,
	place text not null check (place in ('network', 'members', 'unit')),
	-- With 'unit': its people and those below.
	unit_id uuid references territory.unit,
	at timestamptz not null default now(),
	unique nulls not distinct (person_id, place, unit_id),
	check ((place = 'unit') = (unit_id is not null))
);
create index shown_unit on friends.shown (unit_id) where unit_id is not null;

do $$
declare one text;
begin
	foreach one in array array['link', 'request', 'shown'] loop
		execute format('alter table friends.%I enable row level security', one);
		execute format('alter table friends.%I force row level security', one);
		execute format('create policy house on friends.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy own on friends.link to coopol_app
	using (platform.viewer() in (person_id, friend_id)) with check (platform.viewer() in (person_id, friend_id));
create policy own on friends.request to coopol_app
	using (platform.viewer() in (from_id, to_id)) with check (platform.viewer() in (from_id, to_id));
create policy heard on friends.shown for select to coopol_app
	using (person_id = platform.viewer() or (platform.viewer() is not null and (unit_id is null or unit_id in
		(select unnest(above.ancestors) from territory.unit as above where above.id = any (platform.viewer_units())))));
