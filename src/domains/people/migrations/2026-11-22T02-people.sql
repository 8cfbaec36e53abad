-- A person as the network names them. Nothing here says how to reach them, nor what they belong to.
create table people.person (
	id uuid primary key,
	name text not null,
	folded_name text not null,
	photo_id uuid,
	status_text text,
	status_until timestamptz,
	language text not null default 'fr' check (language in ('fr', 'en')),
	text_size int not null default 100 check (text_size in (100, 115, 130, 150, 200)),
	colour_mode text not null default 'auto' check (colour_mode in ('auto', 'light', 'dark')),
	low_data boolean not null default false,
	created_at timestamptz not null default now(),
	-- Null until the address is confirmed: nothing is published before.
	confirmed_at timestamptz,
	-- The person left, or their membership ended with no wish to stay in contact.
	left_at timestamptz,
	erased_at timestamptz
);
create index person_folded on people.person using gin (folded_name platform.gin_trgm_ops);
create index person_pending on people.person (created_at) where confirmed_at is null;

-- How to reach a person. One row each; the e-mail is the account's name.
create table people.contact (
	person_id uuid primary key references people.person on delete cascade,
	email text not null,
	-- Lower case, for finding and for uniqueness.
	email_key text not null unique,
	-- Encrypted with a key kept outside the database; the blind index finds equals only.
	phone_sealed text,
	phone_key text,
	address_sealed text,
	changed_at timestamptz not null default now()
);
create index contact_phone on people.contact (phone_key) where phone_key is not null;

-- What proves that it is this person: at most one password and one authenticator, any number of passkeys.
create table people.secret (
	person_id uuid primary key references people.person on delete cascade,
	password_hash text,
	totp_sealed text,
	totp_confirmed_at timestamptz,
	-- Last time step accepted: a code serves once.
	totp_step bigint not null default 0,
	changed_at timestamptz not null default now()
);
create table people.passkey (
	id text primary key,
	person_id uuid not null references people.person on delete cascade,
	public_key bytea not null,
	counter bigint not null,
	name text not null,
	transports text[] not null default '{}',
	created_at timestamptz not null default now(),
	used_at timestamptz
);
create index passkey_person on people.passkey (person_id);
create table people.recovery_code (
	person_id uuid not null references people.person on delete cascade,
	hash text not null,
	used_at timestamptz,
	primary key (person_id, hash)
);

create table people.session (
	id uuid primary key,
	person_id uuid not null references people.person on delete cascade,
	token_hash text not null unique,
	created_at timestamptz not null default now(),
	seen_at timestamptz not null default now(),
	expires_at timestamptz not null,
	factor_at timestamptz,
	device text not null default '',
	revoked_at timestamptz
);
create index session_person on people.session (person_id);
create index session_expires on people.session (expires_at);

-- A code or link sent to an address; only its hash is kept, it serves once and not for long.
create table people.challenge (
	id uuid primary key,
	purpose text not null check (purpose in ('sign-in', 'sign-up', 'email-change', 'recovery', 'passkey', 'oidc')),
	email_key text,
	person_id uuid references people.person on delete cascade,
	hash text not null,
	detail jsonb not null default '{}',
	tries int not null default 0,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_at timestamptz
);
create index challenge_email on people.challenge (email_key, created_at);
create index challenge_expires on people.challenge (expires_at);

-- An account at the organisation's own sign-in service.
create table people.external_identity (
	issuer text not null,
	subject text not null,
	person_id uuid not null references people.person on delete cascade,
	created_at timestamptz not null default now(),
	primary key (issuer, subject)
);
create index external_identity_person on people.external_identity (person_id);

create table people.token (
	id uuid primary key,
	person_id uuid not null references people.person on delete cascade,
	name text not null,
	hash text not null unique,
	scopes text[] not null,
	created_at timestamptz not null default now(),
	used_at timestamptz,
	expires_at timestamptz not null,
	revoked_at timestamptz
);
create index token_person on people.token (person_id);

-- Kinds of membership the organisation offers; 'grants' is what it gives in the network.
create table people.membership_type (
	id uuid primary key,
	key text not null unique,
	name jsonb not null,
	description jsonb not null default '{}',
	grants text not null check (grants in ('member', 'sympathiser')),
	offered boolean not null default true,
	position int not null default 0
);

-- One row per spell of membership: history is kept. Declared until verified against the member file or by an officer.
create table people.membership (
	id uuid primary key,
	person_id uuid not null references people.person on delete cascade,
	type_id uuid not null references people.membership_type,
	member_number text,
	since date not null default current_date,
	paid_until date,
	verified_at timestamptz,
	verified_by uuid,
	ended_at timestamptz,
	ended_why text,
	created_at timestamptz not null default now()
);
create index membership_person on people.membership (person_id);
create unique index membership_number on people.membership (member_number) where member_number is not null and ended_at is null;
create unique index membership_current on people.membership (person_id) where ended_at is null;

create table people.consent (
	id uuid primary key,
	person_id uuid not null references people.person on delete cascade,
	purpose text not null,
	text_version text not null,
	given_at timestamptz not null default now(),
	proof text not null,
	withdrawn_at timestamptz
);
create index consent_person on people.consent (person_id, purpose);

-- Hashes of addresses that asked never to be written to again; survives erasure.
create table people.suppression (
	email_hash text primary key,
	at timestamptz not null default now()
);

do $$
declare one text;
begin
	foreach one in array array['contact', 'secret', 'passkey', 'recovery_code', 'session', 'challenge',
		'external_identity', 'token', 'membership', 'consent'] loop
		execute format('alter table people.%I enable row level security', one);
		execute format('alter table people.%I force row level security', one);
		execute format('create policy house on people.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
		-- A person reads their own membership; only the house and officers write one.
		if one = 'membership' then
			execute format('create policy own on people.%I for select to coopol_app using (person_id = platform.viewer())', one);
		elsif one <> 'challenge' then
			execute format('create policy own on people.%I to coopol_app
				using (person_id = platform.viewer()) with check (person_id = platform.viewer())', one);
		end if;
	end loop;
end $$;
