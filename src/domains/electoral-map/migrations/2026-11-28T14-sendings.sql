-- A file that an officer sent by a page: looked through by a job, then put in place by a press, or not.
create table electoral_map.sending (
	id uuid primary key,
	-- Who sent it; null once they are erased. The name is as the page showed it that day.
	by_id uuid,
	by_name text not null default '',
	file_name text not null,
	bytes bigint not null,
	-- The bytes, as long as they are needed.
	stored_id text,
	kind text,
	-- What the person said, where the file does not.
	vintage text not null default '',
	election text not null default '',
	state text not null default 'waiting' check (state in ('waiting', 'asked', 'ready', 'refused', 'failed', 'placed', 'dropped')),
	-- What the file does not say.
	ask text check (ask in ('vintage', 'election')),
	done int not null default 0,
	total int not null default 0,
	tries int not null default 0,
	-- Sources written for it and read by nobody until they are put in place.
	sources uuid[] not null default '{}',
	-- One report per thing found in the file.
	reports jsonb not null default '[]',
	created_at timestamptz not null default now(),
	beat_at timestamptz not null default now(),
	settled_at timestamptz
);
create index sending_recent on electoral_map.sending (created_at);
grant select, insert, update, delete on electoral_map.sending to coopol_map;
