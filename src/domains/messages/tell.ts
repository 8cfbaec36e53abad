import { notify } from '#domains/notices/index.ts';
import { asSystem } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { every, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { conversations, said } from './policy.ts';

const isSeen: Rule = (viewer) => sql`exists (select from messages.conversation
	where conversation.id = notice.subject_id and ${conversations.see(viewer)})`;
// What was removed before it was read is spoken of no more.
const waits: Rule = (viewer) => sql`exists (select from messages.message
	where message.conversation_id = notice.subject_id and message.removed_at is null and message.author_id <> ${viewer.id}::uuid
		and ${said.see(viewer)} and message.number > (select participant.read_number from messages.participant
			where participant.conversation_id = notice.subject_id and participant.person_id = ${viewer.id}::uuid))`;
const isNew: Rule = (viewer) => sql`(notice.read_at is not null or ${waits(viewer)})`;

/** A notice of a message lives as long as its conversation, and counts as long as the words wait. */
export const sights: Record<string, Rule> = {
	message_received: every(isSeen, isNew),
	message_requested: every(isSeen, isNew),
};

interface Sent {
	conversationId: string;
	messageId: string;
	byId: string;
}

/** Tells who reads a conversation and did not mute it that somebody wrote: who, never what. */
const onSent = ({ conversationId, messageId, byId }: Sent) =>
	asSystem('notices', async (tx) => {
		const rows = await tx.many<{ id: string; state: string }>(sql`
			select participant.person_id as id, participant.state from messages.participant
			join messages.message on message.conversation_id = participant.conversation_id and message.id = ${messageId}::uuid
			where participant.conversation_id = ${conversationId}::uuid and participant.left_at is null and participant.muted_at is null
				and participant.state <> 'refused' and participant.person_id <> ${byId}::uuid and message.removed_at is null
				and message.held = false and participant.read_number < message.number and participant.first_number <= message.number
				and not participant.away @> message.number`);
		for (const [type, state] of [
			['message_received', 'accepted'],
			['message_requested', 'request'],
		] as const) {
			const to = rows.filter((row) => row.state === state).map(({ id }) => id);
			if (to.length) await notify(tx, { type, to, byId, subjectId: conversationId });
		}
	});

/** What was under way while somebody set its author apart is held for good, even if they make peace later. */
const onBlocked = ({ personId, blockedId }: { personId: string; blockedId: string }) =>
	asSystem('messages', async (tx) => {
		await tx.run(sql`update messages.message set held = true from messages.conversation, safety.block
			where conversation.id = message.conversation_id and conversation.kind <> 'several'
				and conversation.low = least(${personId}::uuid, ${blockedId}::uuid) and conversation.high = greatest(${personId}::uuid, ${blockedId}::uuid)
				and message.author_id = ${blockedId}::uuid and block.person_id = ${personId}::uuid and block.blocked_id = ${blockedId}::uuid
				and message.sent_at >= block.at`);
	});

/** Who left is no reader any more, for the database too. */
const onLeft = ({ conversationId, personId }: { conversationId: string; personId: string }) =>
	asSystem('messages', async (tx) => {
		// Held first: who came back meanwhile is seen to be there.
		await tx.run(
			sql`select from messages.conversation where conversation.id = ${conversationId}::uuid for update`,
		);
		await tx.run(sql`update messages.conversation set readers = array_remove(conversation.readers, ${personId}::uuid)
			where conversation.id = ${conversationId}::uuid and exists (select from messages.participant
				where participant.conversation_id = conversation.id and participant.person_id = ${personId}::uuid and participant.left_at is not null)`);
	});

/** Two accounts were one person: what they wrote and read follows, where the other is not there already. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }) =>
	asSystem('messages', async (tx) => {
		await tx.run(
			sql`update messages.message set author_id = ${intoId}::uuid where message.author_id = ${fromId}::uuid`,
		);
		// A pair whose other half already writes to the person they became stays as it was, closed.
		const moved = await tx.many<{
			id: string;
		}>(sql`update messages.participant set person_id = ${intoId}::uuid
			where participant.person_id = ${fromId}::uuid and not exists (select from messages.participant as there
				where there.conversation_id = participant.conversation_id and there.person_id = ${intoId}::uuid)
				and exists (select from messages.conversation where conversation.id = participant.conversation_id and conversation.kind = 'several')
			returning participant.conversation_id as id`);
		for (const { id } of moved)
			await tx.run(sql`update messages.conversation set readers = array_replace(conversation.readers, ${fromId}::uuid, ${intoId}::uuid)
				where conversation.id = ${id}::uuid`);
		await movePairs(tx, fromId, intoId);
	});

async function movePairs(tx: Parameters<Parameters<typeof asSystem>[1]>[0], fromId: string, intoId: string) {
	const moved = await tx.many<{ id: string }>(sql`
		update messages.conversation set low = least(other.id, ${intoId}::uuid), high = greatest(other.id, ${intoId}::uuid),
			readers = array_replace(conversation.readers, ${fromId}::uuid, ${intoId}::uuid)
		from (select conversation.id as conversation_id, case when conversation.low = ${fromId}::uuid then conversation.high else conversation.low end as id
			from messages.conversation where ${fromId}::uuid in (conversation.low, conversation.high)) as other
		where conversation.id = other.conversation_id and other.id <> ${intoId}::uuid and not exists (select from messages.conversation as there
			where there.low = least(other.id, ${intoId}::uuid) and there.high = greatest(other.id, ${intoId}::uuid)
				and there.unit_id is not distinct from conversation.unit_id) returning conversation.id`);
	for (const { id } of moved)
		await tx.run(sql`update messages.participant set person_id = ${intoId}::uuid
			where participant.conversation_id = ${id}::uuid and participant.person_id = ${fromId}::uuid`);
}

export const listeners: Listener<never>[] = [
	{ to: 'messages.sent', name: 'messages.on_sent', hear: onSent },
	{ to: 'messages.left', name: 'messages.on_left', hear: onLeft },
	{ to: 'safety.blocked', name: 'messages.on_blocked', hear: onBlocked },
	{ to: 'people.merged', name: 'messages.on_merged', hear: onMerged },
] as Listener<never>[];
