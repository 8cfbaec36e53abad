-- How often the network writes to this person.
alter table people.person add column rhythm text not null default 'weekly' check (rhythm in ('weekly', 'concerned', 'asap'));

-- A second factor still to be given, a member number to be proved: both are challenges too.
alter table people.challenge drop constraint challenge_purpose_check;
alter table people.challenge add constraint challenge_purpose_check check (purpose in
	('sign-in', 'sign-up', 'email-change', 'recovery', 'passkey', 'oidc', 'factor', 'number'));
create index challenge_hash on people.challenge (hash);
create index challenge_person on people.challenge (person_id) where person_id is not null;

-- The steps of a newcomer, kept at each one and resumed on any device.
create table people.arrival (
	person_id uuid primary key references people.person on delete cascade,
	-- Code of the invitation that brought them.
	invitation text,
	zone_id text,
	started_at timestamptz not null default now(),
	-- Section and membership chosen.
	settled_at timestamptz,
	finished_at timestamptz
);

-- Somebody lost every way in: two officers who reach them vouch, and a new address is tied to the account.
create table people.recovery (
	id uuid primary key,
	person_id uuid not null references people.person on delete cascade,
	email text not null,
	told text not null default '',
	-- The new address has proved to be theirs.
	proved_at timestamptz,
	requested_at timestamptz not null default now(),
	expires_at timestamptz not null,
	closed_at timestamptz,
	outcome text check (outcome in ('done', 'refused', 'withdrawn'))
);
create unique index recovery_open on people.recovery (person_id) where closed_at is null;
create table people.recovery_voucher (
	recovery_id uuid not null references people.recovery on delete cascade,
	officer_id uuid not null,
	at timestamptz not null default now(),
	primary key (recovery_id, officer_id)
);
create index recovery_voucher_officer on people.recovery_voucher (officer_id);

do $$
declare one text;
begin
	foreach one in array array['arrival', 'recovery', 'recovery_voucher'] loop
		execute format('alter table people.%I enable row level security', one);
		execute format('alter table people.%I force row level security', one);
		execute format('create policy house on people.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy own on people.arrival to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy own on people.recovery for select to coopol_app using (person_id = platform.viewer());
create policy own on people.recovery_voucher for select to coopol_app using (officer_id = platform.viewer());

-- The list of a person's consents names what is in force.
create index consent_given on people.consent (person_id) where withdrawn_at is null;
