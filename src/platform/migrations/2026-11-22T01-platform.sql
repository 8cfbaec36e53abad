create extension if not exists pg_trgm schema platform;

-- Who asks, as set at the start of each transaction (src/platform/db.ts). Row-level security reads these.
create function platform.viewer() returns uuid language sql stable parallel safe
	as $$ select nullif(current_setting('coopol.viewer', true), '')::uuid $$;
create function platform.viewer_units() returns uuid[] language sql stable parallel safe
	as $$ select coalesce(string_to_array(nullif(current_setting('coopol.units', true), ''), ',')::uuid[], '{}') $$;
-- The viewer, only when their offices act (second factor given).
create function platform.officer() returns uuid language sql stable parallel safe
	as $$ select nullif(current_setting('coopol.officer', true), '')::uuid $$;
-- Why the house itself acts (asSystem); null for the app role.
create function platform.purpose() returns text language sql stable parallel safe
	as $$ select nullif(current_setting('coopol.purpose', true), '') $$;

create table platform.setting (
	key text primary key,
	value jsonb not null,
	changed_at timestamptz not null default now(),
	changed_by uuid
);

-- One row per one-time key of a request: a repeat finds the first result.
create table platform.receipt (
	key text primary key,
	result jsonb,
	created_at timestamptz not null default now()
);
create index receipt_created_at on platform.receipt (created_at);

-- Throttles: one row per (what, whom), a leaky bucket.
create table platform.bucket (
	key text primary key,
	level double precision not null,
	at timestamptz not null
);

-- Mails: written in the transaction of what causes them, sent by a job that holds the row.
create table platform.mail (
	id uuid primary key,
	recipient text not null,
	person_id uuid,
	kind text not null,
	message jsonb not null,
	created_at timestamptz not null default now(),
	try_at timestamptz not null default now(),
	tries int not null default 0,
	problem text,
	sent_at timestamptz,
	given_up_at timestamptz
);
create index mail_waiting on platform.mail (try_at) where sent_at is null and given_up_at is null;
create index mail_created_at on platform.mail (created_at);

-- Uploaded files: bytes are in storage under the same id; who may fetch one is asked of what holds it.
create table platform.file (
	id uuid primary key,
	owner_id uuid not null,
	holder text not null,
	holder_id uuid,
	kind text not null,
	name text not null,
	bytes bigint not null,
	width int,
	height int,
	description text,
	state text not null default 'waiting' check (state in ('waiting', 'ready', 'refused')),
	created_at timestamptz not null default now()
);
create index file_owner on platform.file (owner_id, created_at);
create index file_holder on platform.file (holder_id);

alter table platform.mail enable row level security;
alter table platform.mail force row level security;
create policy house on platform.mail to coopol_system using (platform.purpose() is not null) with check (platform.purpose() is not null);
-- The app may queue a mail in its own transaction, and never read one back.
create policy queue on platform.mail for insert to coopol_app with check (sent_at is null);

create table audit.entry (
	seq bigint primary key,
	at timestamptz not null,
	actor_id uuid,
	act text not null,
	subject text,
	subject_id uuid,
	unit_id uuid,
	reason text,
	detail jsonb not null default '{}',
	previous text not null,
	hash text not null
);
comment on table audit.entry is 'Officers'' acts and reads of people, each chained to the one before. @append-only';
create index entry_subject on audit.entry (subject_id, seq);
create index entry_actor on audit.entry (actor_id, seq);
create index entry_unit on audit.entry (unit_id, seq);

-- The head of the chain, copied outside each hour: cutting the tail shows.
create table audit.anchor (
	seq bigint not null,
	hash text not null,
	sent_to text not null,
	at timestamptz not null default now(),
	primary key (seq, sent_to)
);
comment on table audit.anchor is 'Heads of the chain sent outside. @append-only';
