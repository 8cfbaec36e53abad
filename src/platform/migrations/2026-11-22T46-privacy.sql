-- An account to be erased: thirty days to change one's mind, then a job does it.
create table platform.erasure (
	person_id uuid primary key,
	asked_at timestamptz not null default now(),
	due_at timestamptz not null,
	-- Hash of the address, when the person asked never to be written to again.
	suppression text,
	done_at timestamptz
);
create index erasure_due on platform.erasure (due_at) where done_at is null;

-- Everything kept about a person, as one file made by a job; its bytes are in storage, not for long.
create table platform.export (
	id uuid primary key,
	person_id uuid not null,
	asked_at timestamptz not null default now(),
	stored_id text,
	bytes bigint,
	ready_at timestamptz,
	expires_at timestamptz
);
create index export_person on platform.export (person_id, asked_at desc);
create index export_expires on platform.export (expires_at);

do $$
declare one text;
begin
	foreach one in array array['erasure', 'export'] loop
		execute format('alter table platform.%I enable row level security', one);
		execute format('alter table platform.%I force row level security', one);
		execute format('create policy house on platform.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
		execute format('create policy own on platform.%I to coopol_app
			using (person_id = platform.viewer()) with check (person_id = platform.viewer())', one);
	end loop;
end $$;
