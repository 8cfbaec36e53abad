-- People who write to one another. Words are sealed by a key that is not here: a copy of the database tells none of them.
create table messages.conversation (
	id uuid primary key,
	-- Two people; several; or an office and one person of its unit, whose answers go to the officer.
	kind text not null check (kind in ('pair', 'several', 'unit')),
	unit_id uuid references territory.unit,
	-- Who wrote for the unit. They take part once somebody answers: a letter to thousands is not thousands of lines in their list.
	officer_id uuid,
	-- The two of a pair, so that there is one conversation between them and not two.
	low uuid,
	high uuid,
	-- Who reads it now: row-level security asks this column and nothing else.
	readers uuid[] not null,
	-- Messages are numbered under the lock of this row: the order read is the order committed.
	last_number int not null default 0,
	last_at timestamptz not null default now(),
	kept_days int not null default 365 check (kept_days in (30, 365)),
	created_at timestamptz not null default now(),
	check ((kind = 'several') = (low is null)),
	check ((low is null) = (high is null)),
	check ((kind = 'unit') = (unit_id is not null)),
	check ((unit_id is null) = (officer_id is null))
);
create unique index conversation_pair on messages.conversation (low, high, coalesce(unit_id, '00000000-0000-0000-0000-000000000000')) where low is not null;

create table messages.participant (
	conversation_id uuid not null references messages.conversation on delete cascade,
	person_id uuid not null,
	-- Refused reads like waiting to everybody else.
	state text not null check (state in ('request', 'accepted', 'refused')),
	added_by uuid,
	joined_at timestamptz not null default now(),
	-- Who comes later reads from here on.
	first_number int not null default 1,
	left_at timestamptz,
	muted_at timestamptz,
	-- When they last wrote: what nobody else received still stands first in their own list.
	wrote_at timestamptz,
	delivered_number int not null default 0,
	delivered_at timestamptz,
	read_number int not null default 0,
	read_at timestamptz,
	primary key (conversation_id, person_id)
);
create index participant_person on messages.participant (person_id) where left_at is null;

create table messages.message (
	id uuid primary key,
	conversation_id uuid not null references messages.conversation on delete cascade,
	number int not null,
	author_id uuid not null,
	-- A trace of what changed in the conversation is a message without words.
	kind text not null default 'said' check (kind in ('said', 'added', 'left', 'kept_30', 'kept_365')),
	-- Who was added.
	about_id uuid,
	sealed text,
	sent_at timestamptz not null default clock_timestamp(),
	edited_at timestamptz,
	removed_at timestamptz,
	-- Written to somebody who had blocked its author: it goes to nobody, and its author is not told.
	held boolean not null default false,
	unique (conversation_id, number)
);
create index message_author on messages.message (author_id);
create index message_old on messages.message (sent_at);

create table messages.attachment (
	message_id uuid not null references messages.message on delete cascade,
	position int not null,
	file_id uuid not null,
	primary key (message_id, position)
);
create index attachment_file on messages.attachment (file_id);

-- What an office writes to each person of its unit, while it goes out.
create table messages.letter (
	id uuid primary key,
	unit_id uuid not null references territory.unit,
	by_id uuid not null,
	sealed text,
	at timestamptz not null default now(),
	people int not null,
	done int not null default 0,
	-- The last person it went to.
	reached uuid,
	finished_at timestamptz
);
create index letter_by on messages.letter (by_id);

-- The words that somebody chose to show to moderators, sealed again for them: nothing else of the conversation is theirs to read.
create table messages.exhibit (
	id uuid primary key,
	message_id uuid not null,
	reporter_id uuid not null,
	sealed text not null,
	at timestamptz not null default now(),
	unique (message_id, reporter_id)
);
create index exhibit_reporter on messages.exhibit (reporter_id);

do $$
declare one text;
begin
	foreach one in array array['conversation', 'participant', 'message', 'attachment', 'letter', 'exhibit'] loop
		execute format('alter table messages.%I enable row level security', one);
		execute format('alter table messages.%I force row level security', one);
		execute format('create policy house on messages.%I to coopol_system
			using (platform.purpose() is not null) with check (platform.purpose() is not null)', one);
	end loop;
end $$;
create policy readers on messages.conversation to coopol_app
	using (platform.viewer() = any (readers)) with check (platform.viewer() = any (readers));
create policy own on messages.participant to coopol_app
	using (person_id = platform.viewer()) with check (person_id = platform.viewer());
create policy together on messages.participant for select to coopol_app
	using (exists (select from messages.conversation where conversation.id = conversation_id));
create policy adds on messages.participant for insert to coopol_app
	with check (added_by = platform.viewer() and exists (select from messages.conversation where conversation.id = conversation_id));
create policy own on messages.message to coopol_app
	using (author_id = platform.viewer()) with check (author_id = platform.viewer());
create policy heard on messages.message for select to coopol_app
	using (not held and exists (select from messages.participant where participant.conversation_id = message.conversation_id
		and participant.person_id = platform.viewer() and participant.left_at is null and message.number >= participant.first_number));
create policy with_message on messages.attachment to coopol_app
	using (exists (select from messages.message where message.id = message_id))
	with check (exists (select from messages.message where message.id = message_id and message.author_id = platform.viewer()));
create policy own on messages.letter to coopol_app
	using (by_id = platform.viewer()) with check (by_id = platform.viewer());
create policy own on messages.exhibit to coopol_app
	using (reporter_id = platform.viewer()) with check (reporter_id = platform.viewer());
create policy moderators on messages.exhibit for select to coopol_app
	using (exists (select from safety.report where report.kind = 'message' and report.subject_id = message_id
		and report.reporter_id = exhibit.reporter_id and safety.moderates(report.unit_id)));
