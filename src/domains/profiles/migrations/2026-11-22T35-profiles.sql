-- What a person says about themselves: one row per line of their profile, each with its own audience.
create table profiles.field (
	id uuid primary key,
	person_id uuid not null,
	kind text not null check (kind in
		('mandate', 'responsibility', 'interest', 'skill', 'link', 'about', 'phone', 'email', 'unit', 'photo')),
	-- {text, place} · {text, url} · {file, description} · {units}. E-mail and phone hold nothing here: they are in people.contact.
	value jsonb not null default '{}',
	started date,
	ended date,
	audience text not null default 'me' check (audience in ('me', 'friends', 'unit', 'members', 'network')),
	position int not null default 0,
	changed_at timestamptz not null default now()
);
create index field_person on profiles.field (person_id, kind, position);
create unique index field_once on profiles.field (person_id, kind)
	where kind in ('about', 'phone', 'email', 'unit', 'photo');

-- Who opened what of whom, and when. The person reads it.
create table profiles.opening (
	id uuid primary key,
	person_id uuid not null,
	by_id uuid,
	what text not null check (what in ('profile', 'email', 'phone')),
	-- Opened by the power of an office: the audit has it too, with its reason.
	by_office boolean not null default false,
	unit_id uuid references territory.unit,
	reason text not null default '',
	at timestamptz not null default now()
);
create index opening_person on profiles.opening (person_id, at);
create index opening_by on profiles.opening (by_id, at);

-- How a name looks to the eye, for the mark on names like an officer's. Made from people.person.name.
create table profiles.likeness (
	person_id uuid primary key,
	name text not null,
	look text not null
);
create index likeness_look on profiles.likeness (look);

do $$
declare one text;
begin
	foreach one in array array['field', 'opening'] loop
		execute format('alter table profiles.%I enable row level security', one);
		execute format('alter table profiles.%I force row level security', one);
		execute format('create policy house on profiles.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy own on profiles.field to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy network on profiles.field for select to coopol_app
	using (audience = 'network' and platform.viewer() is not null);
create policy members on profiles.field for select to coopol_app
	using (audience = 'members' and exists (select from people.membership
		join people.membership_type on membership_type.id = membership.type_id
		where membership.person_id = platform.viewer() and membership.ended_at is null and membership.verified_at is not null
			and membership_type.grants = 'member' and coalesce(membership.paid_until >= current_date, true)));
create policy friends on profiles.field for select to coopol_app
	using (audience = 'friends' and exists (select from friends.link
		where link.person_id = platform.viewer() and link.friend_id = field.person_id));
create policy unit on profiles.field for select to coopol_app
	using (audience = 'unit' and exists (select from territory.attachment
		where attachment.person_id = field.person_id and attachment.until is null and attachment.unit_id = any (platform.viewer_units())));

create policy read on profiles.opening for select to coopol_app using (platform.viewer() in (person_id, by_id));
create policy open on profiles.opening for insert to coopol_app with check (by_id = platform.viewer() and person_id <> platform.viewer());
