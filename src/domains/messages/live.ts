import type { Tx } from '#platform/db.ts';
import type { LiveTopic } from '#platform/domain.ts';
import { emit } from '#platform/live/emit.ts';
import { sql } from '#platform/sql.ts';

const channelOf = (personId: string) => `messages:${personId}`;

/** Something happened in a conversation of this person: their open pages look again. Each hears their own. */
export const somethingNew: LiveTopic = {
	gate: 'network',
	rule: 'messages.conversation.see',
	channels: ({ id }) => (id ? [channelOf(id)] : []),
};

/** Tells the open pages of who reads this conversation, as this viewer sees them: neither a name nor a word. */
export async function tellReaders(tx: Tx, conversationId: string, by: string | null): Promise<void> {
	const rows = await tx.many<{ id: string }>(sql`
		select participant.person_id as id from messages.participant
		where participant.conversation_id = ${conversationId}::uuid and participant.left_at is null and participant.state <> 'refused'
			and not exists (select from safety.block where (block.person_id = participant.person_id and block.blocked_id = ${by}::uuid)
				or (block.person_id = ${by}::uuid and block.blocked_id = participant.person_id))`);
	if (rows.length)
		await emit(
			tx,
			rows.map(({ id }) => channelOf(id)),
			{ count: 1 },
		);
}

/** Tells the open pages of these people. */
export const tellPeople = (tx: Tx, ids: readonly string[]): Promise<void> =>
	emit(tx, ids.map(channelOf), { count: 1 });
