-- Telephones and browsers that asked to be told. The address of a push service is sealed: who reads the table cannot write to it.
create table notices.device (
	id uuid primary key,
	person_id uuid not null,
	-- It lives as long as the session in which it was asked.
	session_id uuid not null,
	-- Finds the same subscription again.
	endpoint_key text not null unique,
	sealed text not null,
	at timestamptz not null default now()
);
create index device_person on notices.device (person_id);

-- A notice on its way to many people, and how far it went.
create table notices.fan (
	id uuid primary key,
	by_id uuid,
	news jsonb not null,
	total int not null default 0,
	told int not null default 0,
	at timestamptz not null default now(),
	done_at timestamptz
);
create index fan_by on notices.fan (by_id);
create table notices.fan_person (
	fan_id uuid not null references notices.fan on delete cascade,
	person_id uuid not null,
	primary key (fan_id, person_id)
);
create index fan_person_person on notices.fan_person (person_id);

do $$
declare one text;
begin
	foreach one in array array['device', 'fan', 'fan_person'] loop
		execute format('alter table notices.%I enable row level security', one);
		execute format('alter table notices.%I force row level security', one);
		execute format('create policy house on notices.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy own on notices.device to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy own on notices.fan for select to coopol_app using (by_id = platform.viewer());
