-- Who left by mistake comes back for ten minutes. Numbers of what was said without them: it is not theirs to read.
alter table messages.participant add column away int4multirange not null default '{}';
alter table messages.message drop constraint message_kind_check;
alter table messages.message add constraint message_kind_check check (kind in ('said', 'added', 'left', 'back', 'kept_30', 'kept_365'));
drop policy heard on messages.message;
create policy heard on messages.message for select to coopol_app
	using (not held and exists (select from messages.participant where participant.conversation_id = message.conversation_id
		and participant.person_id = platform.viewer() and participant.left_at is null and message.number >= participant.first_number
		and not participant.away @> message.number));
