-- A link that leads into a group: the secret is in its address, and only its hash is kept.
create table groups.link (
	id uuid primary key,
	circle_id uuid not null references groups.circle on delete cascade,
	made_by uuid,
	hash text not null unique,
	-- Into a closed or secret group: lets in at once. Otherwise who follows it asks.
	lets_in boolean not null default false,
	-- How many people it is for, and how many came.
	most int not null check (most between 1 and 500),
	used int not null default 0 check (used between 0 and most),
	at timestamptz not null default now(),
	expires_at timestamptz not null,
	revoked_at timestamptz
);
create index link_circle on groups.link (circle_id, at);
create index link_maker on groups.link (made_by);

-- Who came by it.
create table groups.link_use (
	link_id uuid not null references groups.link on delete cascade,
	person_id uuid not null,
	became text not null check (became in ('member', 'asked')),
	at timestamptz not null default now(),
	primary key (link_id, person_id)
);
create index link_use_person on groups.link_use (person_id);

do $$
declare one text;
begin
	foreach one in array array['link', 'link_use'] loop
		execute format('alter table groups.%I enable row level security', one);
		execute format('alter table groups.%I force row level security', one);
		execute format('create policy house on groups.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy leaders on groups.link to coopol_app
	using (groups.leads(circle_id)) with check (groups.leads(circle_id));
create policy leaders on groups.link_use for select to coopol_app
	using (exists (select from groups.link where link.id = link_use.link_id and groups.leads(link.circle_id)));
