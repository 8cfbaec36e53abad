-- The administrative territory: what the State draws. Units cover zones; the two graphs never mix.
create table territory.zone (
	id text primary key,
	kind text not null check (kind in ('region', 'department', 'arrondissement', 'commune', 'municipal_arrondissement')),
	code text not null,
	name text not null,
	folded_name text not null,
	parent_id text references territory.zone,
	population int,
	postcodes text[] not null default '{}'
);
create index zone_parent on territory.zone (parent_id);
create index zone_folded on territory.zone using gin (folded_name platform.gin_trgm_ops);
create index zone_prefix on territory.zone (folded_name text_pattern_ops);
create index zone_postcodes on territory.zone using gin (postcodes);

-- Kinds of unit, their order in the tree and the offices they have: all data of the organisation.
create table territory.unit_kind (
	id uuid primary key,
	key text not null unique,
	name jsonb not null,
	-- 0 is the closest to the ground; used for the drawn level.
	depth int not null,
	position int not null default 0
);
create table territory.unit_kind_child (
	parent_id uuid not null references territory.unit_kind,
	child_id uuid not null references territory.unit_kind,
	primary key (parent_id, child_id)
);

create table territory.unit (
	id uuid primary key,
	kind_id uuid not null references territory.unit_kind,
	parent_id uuid references territory.unit,
	-- From the root down to this unit, itself included; kept by code when a unit moves.
	ancestors uuid[] not null,
	code text unique,
	slug text not null unique,
	name text not null,
	folded_name text not null,
	public_text text not null default '',
	members_text text not null default '',
	contact_email text,
	cover_id uuid,
	-- Grows at each edit: two officers editing the same page do not overwrite each other.
	version int not null default 1,
	-- Kept by code when attachments change, so that pages never recount.
	member_count int not null default 0,
	sympathiser_count int not null default 0,
	created_at timestamptz not null default now(),
	closed_at timestamptz
);
create index unit_parent on territory.unit (parent_id);
create index unit_by_kind on territory.unit (kind_id);
create index unit_ancestors on territory.unit using gin (ancestors);
create index unit_folded on territory.unit using gin (folded_name platform.gin_trgm_ops);

create table territory.coverage (
	unit_id uuid not null references territory.unit on delete cascade,
	zone_id text not null references territory.zone,
	primary key (unit_id, zone_id)
);
create index coverage_zone on territory.coverage (zone_id);

-- Who belongs to which unit, from when to when. A membership record: row-level security.
create table territory.attachment (
	id uuid primary key,
	person_id uuid not null,
	unit_id uuid not null references territory.unit,
	since timestamptz not null default now(),
	until timestamptz,
	-- A section's welcome to a newcomer is a task that somebody did.
	welcomed_at timestamptz,
	welcomed_by uuid
);
create unique index attachment_current on territory.attachment (person_id, unit_id) where until is null;
create index attachment_unit on territory.attachment (unit_id, since) where until is null;

create table territory.office (
	id uuid primary key,
	kind_id uuid not null references territory.unit_kind,
	key text not null,
	name jsonb not null,
	powers text[] not null default '{}',
	-- The office whose absence makes a unit "without officer".
	leads boolean not null default false,
	position int not null default 0,
	retired_at timestamptz,
	unique (kind_id, key)
);

-- An office held: person × unit × time. Public inside the network; history is kept.
create table territory.term (
	id uuid primary key,
	person_id uuid not null,
	unit_id uuid not null references territory.unit,
	office_id uuid not null references territory.office,
	starts_at timestamptz not null default now(),
	ends_at timestamptz,
	-- Provisional: a claim that stands because nobody answered in time.
	provisional boolean not null default false,
	appointed_by uuid,
	ended_by uuid,
	ended_why text
);
create index term_person on territory.term (person_id);
create index term_unit on territory.term (unit_id);
create unique index term_current on territory.term (person_id, unit_id, office_id) where ends_at is null;

-- Powers lent to a named person for a time; what the lender no longer holds, the borrower no longer has.
create table territory.loan (
	id uuid primary key,
	lender_id uuid not null,
	borrower_id uuid not null,
	unit_id uuid not null references territory.unit,
	powers text[] not null,
	starts_at timestamptz not null default now(),
	ends_at timestamptz not null,
	ended_at timestamptz
);
create index loan_borrower on territory.loan (borrower_id);
create index loan_lender on territory.loan (lender_id);

-- Every power in force now, with the unit from which it reaches downwards.
create view territory.held_power with (security_invoker = true) as
	select term.person_id, term.unit_id, unnest(office.powers) as power, false as lent
	from territory.term join territory.office on office.id = term.office_id
	where term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
union all
	select loan.borrower_id, loan.unit_id, lent.power, true
	from territory.loan
	cross join lateral unnest(loan.powers) as lent(power)
	join territory.unit on unit.id = loan.unit_id
	where loan.starts_at <= now() and loan.ends_at > now() and loan.ended_at is null
		and exists (
			select from territory.term join territory.office on office.id = term.office_id
			where term.person_id = loan.lender_id and lent.power = any (office.powers)
				and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
				and term.unit_id = any (unit.ancestors));

-- A unit without officer, claimed; the level above decides, or silence does.
create table territory.claim (
	id uuid primary key,
	unit_id uuid not null references territory.unit,
	office_id uuid not null references territory.office,
	person_id uuid not null,
	reason text not null default '',
	made_at timestamptz not null default now(),
	decided_at timestamptz,
	decided_by uuid,
	outcome text check (outcome in ('granted', 'refused', 'stands', 'withdrawn')),
	decision text
);
create unique index claim_open on territory.claim (unit_id, person_id) where decided_at is null;
create index claim_unit on territory.claim (unit_id, made_at);

-- Handing an office over: proposed by the holder, accepted by the successor; the former reads 30 days more.
create table territory.handover (
	id uuid primary key,
	term_id uuid not null references territory.term,
	from_id uuid not null,
	to_id uuid not null,
	unit_id uuid not null references territory.unit,
	note text not null default '',
	proposed_at timestamptz not null default now(),
	accepted_at timestamptz,
	confirmed_at timestamptz,
	cancelled_at timestamptz
);
create unique index handover_open on territory.handover (term_id) where confirmed_at is null and cancelled_at is null;
create index handover_to on territory.handover (to_id);

create table territory.invitation (
	id uuid primary key,
	inviter_id uuid not null,
	unit_id uuid not null references territory.unit,
	code text not null unique,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used int not null default 0,
	revoked_at timestamptz
);
create index invitation_inviter on territory.invitation (inviter_id);

-- Who is let into an app; absent, the app's own default holds.
create table territory.gate (
	app text primary key,
	rule jsonb not null,
	changed_at timestamptz not null default now(),
	changed_by uuid
);

-- The units over which the acting officer holds a power, from which it reaches downwards. Row-level security asks it.
create function territory.reach(wanted text) returns uuid[] language sql stable parallel safe
	as $$ select coalesce(array_agg(unit_id), '{}') from territory.held_power
		where person_id = platform.officer() and power = wanted $$;

alter table territory.attachment enable row level security;
alter table territory.attachment force row level security;
create policy house on territory.attachment to coopol_system
	using (platform.purpose() is not null) with check (platform.purpose() is not null);
create policy own on territory.attachment for select to coopol_app using (person_id = platform.viewer());
create policy same_unit on territory.attachment for select to coopol_app
	using (until is null and unit_id = any (platform.viewer_units()));
create policy officers on territory.attachment to coopol_app
	using (exists (select from territory.unit where unit.id = unit_id and unit.ancestors && (select territory.reach('members.see'))))
	with check (exists (select from territory.unit where unit.id = unit_id and unit.ancestors && (select territory.reach('members.welcome'))));

-- Officers reach the contact and membership records of the people of their territory, as their office says.
create policy officers on people.contact for select to coopol_app
	using (exists (select from territory.attachment join territory.unit on unit.id = attachment.unit_id
		where attachment.person_id = contact.person_id and attachment.until is null
			and unit.ancestors && (select territory.reach('members.contact'))));
create policy officers on people.membership to coopol_app
	using (exists (select from territory.attachment join territory.unit on unit.id = attachment.unit_id
		where attachment.person_id = membership.person_id and attachment.until is null
			and unit.ancestors && (select territory.reach('members.see'))))
	with check (exists (select from territory.attachment join territory.unit on unit.id = attachment.unit_id
		where attachment.person_id = membership.person_id and attachment.until is null
			and unit.ancestors && (select territory.reach('members.welcome'))));
