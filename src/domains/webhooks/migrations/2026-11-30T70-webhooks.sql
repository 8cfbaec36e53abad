-- An address outside that is told when something public, or known to the whole network, is made or changes.
create table webhooks.hook (
	id uuid primary key,
	name text not null,
	address text not null check (address like 'https://%'),
	kinds text[] not null,
	-- Sealed with the house's key; the one before stays good for a day.
	secret text not null,
	old_secret text,
	old_until timestamptz,
	by_id uuid,
	created_at timestamptz not null default now(),
	paused_at timestamptz,
	-- Since when nothing arrives; null once something did.
	failing_since timestamptz,
	-- The house gave up: five days of failure, or the address said that it is gone.
	stopped_at timestamptz,
	-- Can be taken back for a day.
	deleted_at timestamptz
);

-- One message for one address, and what became of the last try.
create table webhooks.delivery (
	id uuid primary key,
	hook_id uuid not null references webhooks.hook on delete cascade,
	kind text not null,
	-- The very bytes that are signed: the same at each try.
	body text not null,
	created_at timestamptz not null default now(),
	state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
	tries int not null default 0,
	-- Tries since it was last asked for: how long the next wait is.
	step int not null default 0,
	next_at timestamptz not null default now(),
	tried_at timestamptz,
	status int,
	problem text,
	ms int
);
create index delivery_hook on webhooks.delivery (hook_id, id desc);
create index delivery_waiting on webhooks.delivery (next_at) where state = 'waiting';
create index delivery_created on webhooks.delivery (created_at);

-- The acting officer keeps the settings of the whole organisation.
create function webhooks.keeps() returns boolean language sql stable parallel safe
	as $$ select exists (select from territory.unit as top where top.parent_id is null
		and top.ancestors && (select territory.reach('settings.edit'))) $$;

do $$
declare one text;
begin
	foreach one in array array['hook', 'delivery'] loop
		execute format('alter table webhooks.%I enable row level security', one);
		execute format('alter table webhooks.%I force row level security', one);
		execute format('create policy house on webhooks.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
		execute format('create policy keepers on webhooks.%I to coopol_app
			using ((select webhooks.keeps())) with check ((select webhooks.keeps()))', one);
	end loop;
end $$;
