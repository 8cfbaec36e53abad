import { asSystemOnce, type Tx } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { peopleMax } from './input.ts';
import { tellReaders } from './live.ts';
import { conversations } from './policy.ts';
import { put } from './put.ts';

/**
 * Comes back into a conversation left less than ten minutes ago, as it was. What was said meanwhile is not theirs, and the others
 * read that they are back; if nothing was, no trace stays. Throws NotFound, Forbidden, Conflict when it is full.
 */
export const rejoin = (viewer: Viewer, { conversation }: { conversation: string }): Promise<void> =>
	// The house's act: their row is no reader's any more.
	asSystemOnce(viewer, 'messages', async (tx) => {
		await conversations.guard(tx, viewer, 'rejoin', conversation);
		await findRoom(tx, conversation);
		await sitAgain(tx, viewer, conversation);
		if (await forgetTrace(tx, viewer, conversation)) return tellReaders(tx, conversation, viewer.id);
		await put(tx, { conversationId: conversation, authorId: viewer.id!, kind: 'back' });
	});

async function findRoom(tx: Tx, conversation: string): Promise<void> {
	const { n } = (await tx.one<{ n: number }>(sql`select count(*)::int as n from messages.participant
		where participant.conversation_id = ${conversation}::uuid and participant.left_at is null`))!;
	if (n >= peopleMax) throw conflict('messages.too_many_people');
}

// Asked again once the conversation is held: pressed twice, the second finds nobody gone.
async function sitAgain(tx: Tx, viewer: Viewer, conversation: string): Promise<void> {
	const sits = await tx.run(sql`update messages.participant set left_at = null
		where participant.conversation_id = ${conversation}::uuid and participant.person_id = ${viewer.id}::uuid
			and participant.left_at is not null`);
	if (!sits) throw notFound();
	await tx.run(sql`update messages.conversation set readers = conversation.readers || ${viewer.id}::uuid
		where conversation.id = ${conversation}::uuid and not ${viewer.id}::uuid = any (conversation.readers)`);
}

/** Takes away the line that told they left, when it is the last one; else keeps from them what came after it. */
async function forgetTrace(tx: Tx, viewer: Viewer, conversation: string): Promise<boolean> {
	const { left, last } = (await tx.one<{ left: number; last: number }>(sql`
		select max(message.number) as left, (select conversation.last_number from messages.conversation
			where conversation.id = ${conversation}::uuid) as last
		from messages.message where message.conversation_id = ${conversation}::uuid and message.kind = 'left'
			and message.author_id = ${viewer.id}::uuid`))!;
	if (left === last) {
		await tx.run(sql`delete from messages.message
			where message.conversation_id = ${conversation}::uuid and message.number = ${left}::int`);
		return true;
	}
	await tx.run(sql`update messages.participant
		set away = participant.away + int4multirange(int4range(${left}::int, ${last}::int, '[]'))
		where participant.conversation_id = ${conversation}::uuid and participant.person_id = ${viewer.id}::uuid`);
	return false;
}
