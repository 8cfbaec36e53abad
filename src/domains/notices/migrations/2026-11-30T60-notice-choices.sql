-- Choices are cells: category × channel, for everything or apart for one unit or one group.
alter table notices.choice drop constraint choice_pkey;
alter table notices.choice drop constraint choice_channel_check;
alter table notices.choice drop constraint choice_rhythm_check;
alter table notices.choice
	add column scope_kind text not null default 'all' check (scope_kind in ('all', 'unit', 'group')),
	add column scope_id uuid not null default '00000000-0000-0000-0000-000000000000',
	add constraint choice_channel_check check (channel in ('app', 'mail', 'push')),
	add constraint choice_rhythm_check check (rhythm in ('each', 'daily', 'weekly', 'none')),
	add primary key (person_id, category, channel, scope_id);

alter table notices.notice
	-- The group it comes from, if any.
	add column group_id uuid,
	-- Its person wants this kind elsewhere than in the list: it is mailed or pushed, and neither listed nor counted.
	add column unlisted boolean not null default false,
	-- It goes with the mail of the day or of the week, unless it was read before.
	add column waits text check (waits in ('daily', 'weekly'));
create index notice_waits on notices.notice (person_id) where waits is not null and mailed_at is null and read_at is null;

-- Hours in which nothing is sent, in the time zone of the organisation.
create table notices.quiet (
	person_id uuid primary key,
	from_time time not null,
	until_time time not null,
	at timestamptz not null default now(),
	check (from_time <> until_time)
);

-- The grouped mails that were due, and when each was made: one a day at most.
create table notices.round (
	person_id uuid not null,
	day date not null,
	kind text not null check (kind in ('daily', 'weekly')),
	made_at timestamptz,
	primary key (person_id, day)
);
create index round_day on notices.round (day);

do $$
declare one text;
begin
	foreach one in array array['quiet', 'round'] loop
		execute format('alter table notices.%I enable row level security', one);
		execute format('alter table notices.%I force row level security', one);
		execute format('create policy house on notices.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy own on notices.quiet to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
