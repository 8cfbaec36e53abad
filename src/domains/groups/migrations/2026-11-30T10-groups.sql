-- People who act together across places. `group` is a word of SQL's own: the table is `circle`.
create table groups.circle (
	id uuid primary key,
	name text not null,
	-- Folded name and purpose, for the search and for what looks alike.
	folded text not null default '',
	purpose text not null,
	rules text not null default '',
	visibility text not null check (visibility in ('open', 'closed', 'secret')),
	-- The unit that answers for it: an official group. Null: made by its people.
	unit_id uuid references territory.unit,
	-- Where it was born, for the distance; it takes people from anywhere.
	home_id uuid references territory.unit,
	-- Who answers for it; null when nobody is left.
	owner_id uuid,
	successor_id uuid,
	-- Kept by code.
	member_count int not null default 0,
	created_at timestamptz not null default now(),
	-- Last time somebody said something or came in.
	active_at timestamptz not null default now(),
	warned_at timestamptz,
	archived_at timestamptz,
	revived_at timestamptz,
	version int not null default 1,
	-- What an organisation answers for is seen by its people.
	check (unit_id is null or visibility <> 'secret')
);
create index circle_folded on groups.circle using gin (folded platform.gin_trgm_ops);
create index circle_active on groups.circle (active_at desc) where archived_at is null;
create index circle_owner on groups.circle (owner_id);
create index circle_unit on groups.circle (unit_id) where unit_id is not null;

-- What people care about; the list is the organisation's.
create table groups.subject (
	id uuid primary key default gen_random_uuid(),
	slug text not null unique,
	name jsonb not null,
	position int not null
);
create table groups.circle_subject (
	circle_id uuid not null references groups.circle on delete cascade,
	subject_id uuid not null references groups.subject,
	primary key (circle_id, subject_id)
);
create index circle_subject_subject on groups.circle_subject (subject_id);

-- Where a person stands with a group. Nobody is a member without having said yes.
create table groups.membership (
	circle_id uuid not null references groups.circle on delete cascade,
	person_id uuid not null,
	state text not null check (state in ('asked', 'refused', 'invited', 'member', 'excluded')),
	-- Who invited, accepted, refused or excluded.
	by_id uuid,
	-- Word of who asks; why somebody was excluded.
	note text not null default '',
	at timestamptz not null default now(),
	primary key (circle_id, person_id)
);
create index membership_person on groups.membership (person_id, state);
create index membership_waiting on groups.membership (circle_id, state, at);

-- Who sits in a group now: what every rule asks, by one probe of a key. Written with the membership.
create table groups.seat (
	person_id uuid not null,
	circle_id uuid not null references groups.circle on delete cascade,
	primary key (person_id, circle_id)
);

-- Subjects that a person follows, and what they can bring, told to others where they want it.
create table groups.follow (
	person_id uuid not null,
	subject_id uuid not null references groups.subject,
	brings text not null default '',
	shown boolean not null default false,
	-- Where the person belonged when they wanted it shown, for the distance.
	home_id uuid references territory.unit,
	at timestamptz not null default now(),
	primary key (person_id, subject_id)
);
create index follow_shown on groups.follow (subject_id, at desc) where shown;

-- The acting officer edits the page of the unit that answers for the group, or the viewer owns it.
create function groups.leads(circle uuid) returns boolean language sql stable parallel safe
	as $$ select exists (select from groups.circle as led where led.id = circle and (led.owner_id = platform.viewer()
		or exists (select from territory.unit as reached where reached.id = led.unit_id
			and reached.ancestors && (select territory.reach('unit.edit'))))) $$;

do $$
declare one text;
begin
	foreach one in array array['membership', 'seat', 'follow'] loop
		execute format('alter table groups.%I enable row level security', one);
		execute format('alter table groups.%I force row level security', one);
		execute format('create policy house on groups.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
		execute format('create policy own on groups.%I to coopol_app
			using (person_id = platform.viewer()) with check (person_id = platform.viewer())', one);
	end loop;
	foreach one in array array['membership', 'seat'] loop
		execute format('create policy leaders on groups.%I to coopol_app
			using (groups.leads(circle_id)) with check (groups.leads(circle_id))', one);
	end loop;
end $$;
create policy together on groups.membership for select to coopol_app
	using (state = 'member' and exists (select from groups.seat where seat.circle_id = membership.circle_id and seat.person_id = platform.viewer()));
-- A member brings somebody to an open group: an invitation, never a seat.
create policy inviting on groups.membership for insert to coopol_app with check (state = 'invited' and by_id = platform.viewer());
create policy told on groups.follow for select to coopol_app using (shown and platform.viewer() is not null);

insert into groups.subject (slug, position, name) values
	('logement', 10, '{"fr": "Logement", "en": "Housing"}'),
	('sante', 20, '{"fr": "Santé", "en": "Health"}'),
	('ecole', 30, '{"fr": "École et jeunesse", "en": "School and youth"}'),
	('ecologie', 40, '{"fr": "Écologie", "en": "Environment"}'),
	('transports', 50, '{"fr": "Transports", "en": "Transport"}'),
	('travail', 60, '{"fr": "Travail et salaires", "en": "Work and pay"}'),
	('agriculture', 70, '{"fr": "Agriculture et alimentation", "en": "Farming and food"}'),
	('services-publics', 80, '{"fr": "Services publics", "en": "Public services"}'),
	('culture', 90, '{"fr": "Culture", "en": "Culture"}'),
	('numerique', 100, '{"fr": "Numérique", "en": "Digital life"}'),
	('egalite', 110, '{"fr": "Égalité et droits", "en": "Equality and rights"}'),
	('solidarites', 120, '{"fr": "Solidarités", "en": "Solidarity"}'),
	('europe', 130, '{"fr": "Europe et monde", "en": "Europe and the world"}'),
	('democratie', 140, '{"fr": "Démocratie locale", "en": "Local democracy"}');
