-- A text that anybody signs: a member in one touch, a visitor once their address is confirmed.
create table missions.petition (
	id uuid primary key,
	title text not null,
	text text not null,
	-- Who is asked.
	addressed_to text not null,
	unit_id uuid not null references territory.unit,
	by_id uuid not null,
	is_official boolean not null,
	-- Confirmed signatures; kept by code, under the lock of the row.
	signed int not null default 0,
	state text not null default 'open' check (state in ('open', 'closed')),
	outcome text not null default '',
	created_at timestamptz not null default now(),
	closed_at timestamptz
);
create index petition_latest on missions.petition (created_at desc);
create index petition_by on missions.petition (by_id);

-- One row per signature. Of an address only its keyed print is kept: it tells two from one, and writes to nobody.
create table missions.signature (
	id uuid primary key,
	petition_id uuid not null references missions.petition on delete cascade,
	-- Null for a visitor.
	person_id uuid,
	name text not null,
	postcode text not null default '',
	email_print text,
	-- Opens the page that confirms, or takes back.
	token_hash text,
	at timestamptz not null default now(),
	confirmed_at timestamptz
);
create unique index signature_person on missions.signature (petition_id, person_id) where person_id is not null;
create unique index signature_email on missions.signature (petition_id, email_print) where email_print is not null;
create unique index signature_token on missions.signature (token_hash) where token_hash is not null;
create index signature_of on missions.signature (person_id) where person_id is not null;
create index signature_waiting on missions.signature (at) where confirmed_at is null;

-- The acting person leads this petition, as `missions.leads` says it of a mission.
create function missions.petitions(asked uuid) returns boolean language sql stable parallel safe
	as $$ select exists (select from missions.petition as led join territory.unit as placed on placed.id = led.unit_id
		where led.id = asked and ((not led.is_official and led.by_id = platform.viewer())
			or placed.ancestors && (select territory.reach('mission.create')))) $$;

alter table missions.signature enable row level security;
alter table missions.signature force row level security;
create policy house on missions.signature to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on missions.signature for select to coopol_app using (person_id = platform.viewer());
create policy leads on missions.signature for select to coopol_app
	using (confirmed_at is not null and missions.petitions(petition_id));
