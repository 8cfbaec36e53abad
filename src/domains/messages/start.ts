import * as v from 'valibot';
import { persons } from '#domains/friends/index.ts';
import { type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { orGiveUp } from '#platform/files/leave.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { files, peopleMax, text } from './input.ts';
import { knows } from './policy.ts';
import { arrive, type Entry, put } from './put.ts';
import { mayGoOn } from './send.ts';

export const StartForm = v.object({
	to: v.pipe(
		v.optional(v.array(idText), []),
		v.minLength(1, 'messages.to_needed'),
		v.maxLength(peopleMax - 1, 'messages.too_many_people'),
	),
	text,
	files,
});

/** New conversations of one person: enough for a day's work, too few to write to everybody. */
const rate = { burst: 30, perHour: 10 };

/**
 * Writes to one person or to several, chosen one by one; the conversation with one person is always the same. Who does not know
 * the author gets a request. Gives the conversation's id. Throws NotFound for who may not be known, Invalid, TooMany.
 */
export async function start(
	viewer: Viewer,
	{ to, text: words, files: sent }: v.InferOutput<typeof StartForm>,
): Promise<string> {
	const others = [...new Set(to)].filter((id) => id !== viewer.id).toSorted();
	if (!others.length) throw invalidField('to', 'messages.to_needed');
	if (!words && !sent.length) throw invalidField('text', 'messages.text_needed');
	await throttle({ [`messages.start:${viewer.id}`]: rate });
	const uploads = await arrive(sent);
	const said = (tx: Tx) => begin(tx, viewer, others, { text: words, uploads });
	return orGiveUp(uploads, () => write(viewer, said));
}

/** Finds or opens the conversation, and says it there. */
async function begin(
	tx: Tx,
	viewer: Viewer,
	others: string[],
	said: Pick<Entry, 'text' | 'uploads'>,
): Promise<string> {
	for (const id of others) await persons.guard(tx, viewer, 'ask', id);
	const conversationId =
		others.length === 1 ? await pairWith(tx, viewer, others[0]!) : await open(tx, viewer, 'several', others);
	await mayGoOn(tx, viewer, conversationId);
	await put(tx, { conversationId, authorId: viewer.id!, ...said });
	return conversationId;
}

/** The one conversation of two people: two who begin at the same instant find the same. */
async function pairWith(tx: Tx, viewer: Viewer, otherId: string): Promise<string> {
	const [low, high] = [viewer.id!, otherId].toSorted() as [string, string];
	await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`messages ${low} ${high}`}, 0))`);
	const found = await tx.one<{ id: string }>(sql`select conversation.id from messages.conversation
		where conversation.low = ${low}::uuid and conversation.high = ${high}::uuid and conversation.kind = 'pair' for update`);
	// Whoever had refused and now writes has changed their mind.
	if (found)
		await tx.run(sql`update messages.participant set state = 'accepted'
			where participant.conversation_id = ${found.id}::uuid and participant.person_id = ${viewer.id}::uuid`);
	return found?.id ?? open(tx, viewer, 'pair', [otherId]);
}

async function open(tx: Tx, viewer: Viewer, kind: 'pair' | 'several', others: string[]): Promise<string> {
	const id = newId();
	const [low, high] = kind === 'pair' ? [viewer.id!, others[0]!].toSorted() : [null, null];
	await tx.run(sql`insert into messages.conversation (id, kind, low, high, readers)
		values (${id}, ${kind}, ${low}::uuid, ${high}::uuid, ${list([viewer.id, ...others], 'uuid')})`);
	await tx.run(sql`insert into messages.participant (conversation_id, person_id, state, added_by)
		values (${id}, ${viewer.id}::uuid, 'accepted', ${viewer.id}::uuid)`);
	await join(tx, viewer, id, others, 1);
	return id;
}

/** Adds people to a conversation: who knows the viewer is in it, the others are asked. */
export const join = (
	tx: Tx,
	viewer: Viewer,
	conversationId: string,
	others: readonly string[],
	firstNumber: number,
) =>
	tx.run(sql`insert into messages.participant (conversation_id, person_id, state, added_by, first_number, read_number)
		select ${conversationId}::uuid, person.id, case when ${knows(sql`person.id`)(viewer)} then 'accepted' else 'request' end,
			${viewer.id}::uuid, ${firstNumber}::int, ${firstNumber - 1}::int
		from people.person where person.id = any (${list(others, 'uuid')})`);
