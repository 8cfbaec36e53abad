import * as v from 'valibot';
import { persons } from '#domains/friends/index.ts';
import { write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { peopleMax } from './input.ts';
import { tellReaders } from './live.ts';
import { conversations } from './policy.ts';
import { put } from './put.ts';
import { join } from './start.ts';

type Which = { conversation: string };
const mine = (viewer: Viewer, id: string) =>
	sql`participant.conversation_id = ${id}::uuid and participant.person_id = ${viewer.id}::uuid`;

export const AddForm = v.object({ person: idText });

/**
 * Adds somebody to a conversation of several: it is written there for all to see, and what was said before is not theirs.
 * Who left is not brought back. Throws NotFound, Forbidden, Invalid.
 */
export const add = (viewer: Viewer, conversation: string, { person }: { person: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await conversations.guard(tx, viewer, 'add', conversation);
		await persons.guard(tx, viewer, 'ask', person);
		const { n, known } = (await tx.one<{ n: number; known: boolean }>(sql`
			select count(*) filter (where participant.left_at is null)::int as n, bool_or(participant.person_id = ${person}::uuid) as known
			from messages.participant where participant.conversation_id = ${conversation}::uuid`))!;
		if (known) throw invalidField('person', 'messages.already_there');
		if (n >= peopleMax) throw invalidField('person', 'messages.too_many_people');
		const { last } = (await tx.one<{ last: number }>(sql`update messages.conversation
			set readers = conversation.readers || ${list([person], 'uuid')} where conversation.id = ${conversation}::uuid
			returning conversation.last_number as last`))!;
		await join(tx, viewer, conversation, [person], last + 1);
		await put(tx, { conversationId: conversation, authorId: viewer.id!, kind: 'added', aboutId: person });
	});

/** Leaves a conversation of several: it is written there, and nothing more of it comes. Throws NotFound, Forbidden. */
export const leave = (viewer: Viewer, { conversation }: Which): Promise<void> =>
	write(viewer, async (tx) => {
		await conversations.guard(tx, viewer, 'leave', conversation);
		await put(tx, { conversationId: conversation, authorId: viewer.id!, kind: 'left' });
		await tx.run(sql`update messages.participant set left_at = now() where ${mine(viewer, conversation)}`);
		// The row keeps its reader until the house takes them out: nobody may write a row that they do not read.
		await announce(tx, 'messages.left', { conversationId: conversation, personId: viewer.id });
	});

/** Stops the notices and the count of a conversation, or hears it again; nobody is told. Throws NotFound. */
export const hush = (viewer: Viewer, { conversation }: Which, on: boolean): Promise<void> =>
	write(viewer, async (tx) => {
		await conversations.guard(tx, viewer, 'see', conversation);
		await tx.run(sql`update messages.participant set muted_at = ${on ? new Date() : null}::timestamptz
			where ${mine(viewer, conversation)}`);
	});

const answer =
	(ability: 'answer' | 'reconsider', state: 'accepted' | 'refused' | 'request') =>
	(viewer: Viewer, { conversation }: Which): Promise<void> =>
		write(viewer, async (tx) => {
			await conversations.guard(tx, viewer, ability, conversation);
			await tx.run(sql`update messages.participant set state = ${state} where ${mine(viewer, conversation)}`);
			if (state === 'accepted') await tellReaders(tx, conversation, viewer.id);
		});

/** Accepts a request: the two write to one another from now on. Throws NotFound, Forbidden. */
export const accept = answer('answer', 'accepted');
/** Refuses a request; who wrote it is not told. Throws NotFound, Forbidden. */
export const refuse = answer('answer', 'refused');
/** Puts a refused request back among those that wait. Throws NotFound. */
export const reconsider = answer('reconsider', 'request');

export const KeepForm = v.object({
	conversation: idText,
	days: v.picklist(['30', '365'], 'app.invalid_value'),
});

/** How long the words of a conversation are kept, for everybody in it: it is written there. Throws NotFound, Forbidden. */
export const keep = (viewer: Viewer, { conversation, days }: v.InferOutput<typeof KeepForm>): Promise<void> =>
	write(viewer, async (tx) => {
		await conversations.guard(tx, viewer, 'keep', conversation);
		const changed = await tx.run(sql`update messages.conversation set kept_days = ${Number(days)}::int
			where conversation.id = ${conversation}::uuid and conversation.kept_days <> ${Number(days)}::int`);
		if (changed) await put(tx, { conversationId: conversation, authorId: viewer.id!, kind: `kept_${days}` });
	});
