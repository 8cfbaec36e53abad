-- What comes back: each date is an event of its own; this row makes the next ones.
create table events.series (
	id uuid primary key,
	freq text not null check (freq in ('weekly', 'monthly_day', 'monthly_weekday')),
	-- Every n weeks or months.
	every int not null default 1 check (every between 1 and 12),
	starts_at timestamptz not null,
	time_zone text not null,
	-- The last possible date, or how many dates in all.
	until date,
	times int check (times between 1 and 200),
	-- RRULE (RFC 5545), made from the above.
	rule text not null,
	-- Dates are rows up to here.
	laid_until timestamptz not null,
	ended_at timestamptz
);

create table events.event (
	id uuid primary key,
	-- The unit that organises.
	unit_id uuid not null references territory.unit,
	by_id uuid not null,
	title text not null,
	text text not null default '',
	place_name text not null default '',
	address text not null default '',
	zone_id text references territory.zone,
	latitude double precision,
	longitude double precision,
	-- Shown to those who come, and to who organises.
	online_url text,
	starts_at timestamptz not null,
	ends_at timestamptz not null,
	-- Where the hours are said: Europe/Paris, Indian/Reunion…
	time_zone text not null default 'Europe/Paris',
	visibility text not null check (visibility in ('public', 'network', 'members', 'unit', 'invited')),
	-- Seats, guests counted. Null: no limit.
	capacity int check (capacity > 0),
	-- How many people each may bring.
	guests_allowed int not null default 0 check (guests_allowed between 0 and 10),
	-- Grows at each change: SEQUENCE of calendars, and what keeps two editors from overwriting each other.
	sequence int not null default 0,
	created_at timestamptz not null default now(),
	changed_at timestamptz not null default now(),
	cancelled_at timestamptz,
	cancelled_by uuid,
	cancel_reason text not null default '',
	series_id uuid references events.series,
	-- When this date was first due, whatever it became.
	original_start timestamptz,
	-- Changed on its own: a change of those that follow leaves it.
	is_apart boolean not null default false,
	-- The reminder of the day before left.
	reminded_at timestamptz,
	-- Kept by code, under the lock of this row; guests included where seats are.
	coming_count int not null default 0,
	maybe_count int not null default 0,
	waiting_count int not null default 0,
	folded text not null default '',
	search tsvector generated always as (to_tsvector('french', folded)) stored,
	check (ends_at > starts_at)
);
create index event_unit on events.event (unit_id, starts_at);
create index event_starts on events.event (starts_at);
create index event_public on events.event (starts_at) where visibility = 'public';
create index event_search on events.event using gin (search);
create unique index event_once on events.event (series_id, original_start) where series_id is not null;
create index event_author on events.event (by_id);

-- Units that organise together: asked by the first, accepted by an officer of the other.
create table events.co_unit (
	id uuid primary key,
	event_id uuid not null references events.event on delete cascade,
	unit_id uuid not null references territory.unit,
	asked_by uuid not null,
	asked_at timestamptz not null default now(),
	answered_by uuid,
	answered_at timestamptz,
	accepted boolean,
	unique (event_id, unit_id)
);
create index co_unit_unit on events.co_unit (unit_id);

-- A unit with all those below, or one person.
create table events.invitation (
	id uuid primary key,
	event_id uuid not null references events.event on delete cascade,
	unit_id uuid references territory.unit,
	person_id uuid,
	by_id uuid not null,
	at timestamptz not null default now(),
	-- How many people were told so far, and whether all were.
	told_count int not null default 0,
	told_at timestamptz,
	unique (event_id, unit_id),
	unique (event_id, person_id),
	check ((unit_id is null) <> (person_id is null))
);
create index invitation_unit on events.invitation (unit_id);
create index invitation_person on events.invitation (person_id);

-- Somebody without account who comes to a public event; read by the house alone.
create table events.visitor (
	id uuid primary key,
	event_id uuid not null references events.event on delete cascade,
	email text not null,
	email_key text not null,
	name text not null default '',
	language text not null default 'fr',
	-- Of the link in the mail; confirms, then cancels.
	token_hash text not null unique,
	asked_at timestamptz not null default now(),
	confirmed_at timestamptz,
	unique (event_id, email_key)
);

-- Who said what. Seats go in the order of `seat_at`.
create table events.answer (
	id uuid primary key,
	event_id uuid not null references events.event on delete cascade,
	person_id uuid,
	visitor_id uuid references events.visitor on delete cascade,
	answer text not null check (answer in ('coming', 'maybe', 'no')),
	guests int not null default 0 check (guests between 0 and 10),
	answered_at timestamptz not null default now(),
	-- Since when they ask for a seat; who leaves and comes back goes to the end.
	seat_at timestamptz,
	-- Comes, and waits for a seat.
	is_waiting boolean not null default false,
	-- Said again the day before.
	confirmed_at timestamptz,
	unique (event_id, person_id),
	unique (event_id, visitor_id),
	check ((person_id is null) <> (visitor_id is null))
);
create index answer_person on events.answer (person_id);
create index answer_visitor on events.answer (visitor_id);
create index answer_waiting on events.answer (event_id, seat_at) where is_waiting;

-- A shift (with hours) or a small task (without).
create table events.shift (
	id uuid primary key,
	event_id uuid not null references events.event on delete cascade,
	position int not null,
	name text not null,
	starts_at timestamptz,
	ends_at timestamptz,
	needed int not null default 1 check (needed between 1 and 200)
);
create index shift_event on events.shift (event_id, position);
create table events.taker (
	shift_id uuid not null references events.shift on delete cascade,
	person_id uuid not null,
	at timestamptz not null default now(),
	primary key (shift_id, person_id)
);
create index taker_person on events.taker (person_id);

create table events.question (
	id uuid primary key,
	event_id uuid not null references events.event on delete cascade,
	by_id uuid not null,
	text text not null,
	asked_at timestamptz not null default now(),
	answer text,
	answered_by uuid,
	answered_at timestamptz
);
create index question_event on events.question (event_id, asked_at);
create index question_by on events.question (by_id);

-- Who was really there: a person, a visitor, or a number of people nobody knows by name.
create table events.attendance (
	id uuid primary key,
	event_id uuid not null references events.event on delete cascade,
	person_id uuid,
	visitor_id uuid references events.visitor on delete cascade,
	walk_ins int not null default 0 check (walk_ins between 0 and 10000),
	by_id uuid not null,
	at timestamptz not null default now(),
	unique (event_id, person_id),
	unique (event_id, visitor_id)
);
create index attendance_person on events.attendance (person_id);
create index attendance_visitor on events.attendance (visitor_id);

-- What is told of it afterwards.
create table events.report (
	event_id uuid primary key references events.event on delete cascade,
	by_id uuid not null,
	text text not null default '',
	counted int,
	published_at timestamptz,
	changed_at timestamptz not null default now()
);
create table events.report_picture (
	event_id uuid not null references events.report on delete cascade,
	position int not null,
	file_id uuid not null,
	description text not null default '',
	primary key (event_id, position)
);
create index report_picture_file on events.report_picture (file_id);

-- The acting officer organises this event: of its unit, or of one that organises with it.
create function events.organises(event uuid) returns boolean language sql stable parallel safe
	as $$ select exists (select from events.event as held join territory.unit as placed
		on placed.id = held.unit_id or placed.id in (select co_unit.unit_id from events.co_unit
			where co_unit.event_id = held.id and co_unit.accepted)
		where held.id = event and placed.ancestors && (select territory.reach('event.create'))) $$;

do $$
declare one text;
begin
	foreach one in array array['invitation', 'visitor', 'answer', 'taker', 'question', 'attendance'] loop
		execute format('alter table events.%I enable row level security', one);
		execute format('alter table events.%I force row level security', one);
		execute format('create policy house on events.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
	foreach one in array array['invitation', 'answer', 'attendance'] loop
		execute format('create policy own on events.%I for select to coopol_app using (person_id = platform.viewer())', one);
	end loop;
	foreach one in array array['invitation', 'answer', 'attendance', 'question'] loop
		execute format('create policy organisers on events.%I to coopol_app
			using (events.organises(event_id)) with check (events.organises(event_id))', one);
	end loop;
end $$;
-- Who comes is known inside the network; who may come, or does not, is for the organisers.
create policy coming on events.answer for select to coopol_app
	using (platform.viewer() is not null and person_id is not null and answer = 'coming' and not is_waiting);
create policy unit on events.invitation for select to coopol_app using (person_id is null and platform.viewer() is not null);
create policy own on events.taker to coopol_app using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy seen on events.taker for select to coopol_app using (platform.viewer() is not null);
create policy own on events.question to coopol_app using (by_id = platform.viewer()) with check (by_id = platform.viewer());
create policy answered on events.question for select to coopol_app
	using (platform.viewer() is not null and answered_at is not null);
