-- How votes moved between two rounds over the ground of a unit: asked by an officer, estimated by a job, kept in ranges.
create table electoral_map.transfer (
	unit_id uuid not null,
	from_election text not null,
	to_election text not null,
	communes text[] not null,
	state text not null default 'waiting' check (state in ('waiting', 'ready', 'refused', 'failed')),
	-- As `Transfers`, or why it is refused.
	result jsonb,
	problems jsonb not null default '[]',
	tries int not null default 0,
	asked_at timestamptz not null default now(),
	done_at timestamptz,
	primary key (unit_id, from_election, to_election)
);
grant select, insert, update, delete on electoral_map.transfer to coopol_map;
