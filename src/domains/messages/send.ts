import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { dropFile } from '#platform/files/keep.ts';
import { orGiveUp } from '#platform/files/leave.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { files, text } from './input.ts';
import { tellReaders } from './live.ts';
import { conversations, said } from './policy.ts';
import { arrive, put } from './put.ts';
import { sealFor } from './sealed.ts';

export const SendForm = v.object({ text: v.optional(text, ''), files });

/** Messages that one may write to somebody who has not answered yet. */
const beforeAnswer = 3;

/** Who waits for the answer to a request writes no more than a few words; refused, it is the same. Throws Invalid. */
export async function mayGoOn(tx: Tx, viewer: Viewer, conversationId: string): Promise<void> {
	const waits = await tx.one<{ n: number }>(sql`
		select count(*)::int as n from messages.message join messages.conversation on conversation.id = message.conversation_id
		where message.conversation_id = ${conversationId}::uuid and message.author_id = ${viewer.id}::uuid and message.number <= ${beforeAnswer}
			and conversation.kind = 'pair' and exists (select from messages.participant where participant.conversation_id = conversation.id
				and participant.person_id <> ${viewer.id}::uuid and participant.state <> 'accepted')`);
	if ((waits?.n ?? 0) >= beforeAnswer) throw invalidField('text', 'messages.wait_for_answer');
}

/**
 * Writes in a conversation. Gives the message's id. Throws NotFound, Forbidden for a request that was not accepted, Invalid.
 * Whether the other person still hears is told to nobody.
 */
export async function send(
	viewer: Viewer,
	conversationId: string,
	{ text: words, files: sent }: v.InferOutput<typeof SendForm>,
): Promise<string> {
	if (!words && !sent.length) throw invalidField('text', 'messages.text_needed');
	const uploads = await arrive(sent);
	return orGiveUp(uploads, () =>
		write(viewer, async (tx) => {
			await conversations.guard(tx, viewer, 'write', conversationId);
			await mayGoOn(tx, viewer, conversationId);
			await callOfficer(tx, viewer, conversationId);
			return put(tx, { conversationId, authorId: viewer.id!, text: words, uploads });
		}),
	);
}

// Whoever wrote for a unit takes part from the first answer on.
const callOfficer = (tx: Tx, viewer: Viewer, id: string) =>
	tx.run(sql`insert into messages.participant (conversation_id, person_id, state, added_by)
		select conversation.id, conversation.officer_id, 'accepted', ${viewer.id}::uuid from messages.conversation
		where conversation.id = ${id}::uuid and conversation.officer_id <> ${viewer.id}::uuid on conflict do nothing`);

export const EditForm = v.object({ id: idText, text: v.pipe(text, v.minLength(1, 'messages.text_needed')) });

const told = (tx: Tx, viewer: Viewer, id: string) =>
	tx
		.one<{ conversation_id: string; held: boolean }>(
			sql`select message.conversation_id, message.held from messages.message where message.id = ${id}::uuid`,
		)
		.then(async (row) => {
			if (row && !row.held) await tellReaders(tx, row.conversation_id, viewer.id);
		});

// Seen and one's own, but the minutes are over: told in words rather than refused.
const tooLate = (key: string) => (refusal: Error) => {
	throw refusal.name === 'Forbidden' ? invalidField('text', key) : refusal;
};

/** Corrects one's own words within five minutes; the message then says so. Throws NotFound, Invalid when it is too late. */
export const edit = (viewer: Viewer, { id, text: words }: v.InferOutput<typeof EditForm>): Promise<void> =>
	write(viewer, async (tx) => {
		await said.guard(tx, viewer, 'edit', id).catch(tooLate('messages.edit_late'));
		await tx.run(
			sql`update messages.message set sealed = ${sealFor(id, words)}, edited_at = now() where message.id = ${id}::uuid`,
		);
		await told(tx, viewer, id);
	});

/** Removes one's own message for everybody, with its files: its place stays, empty. Throws NotFound, Forbidden. */
export const remove = (viewer: Viewer, { id }: { id: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await said.guard(tx, viewer, 'remove', id);
		await tx.run(
			sql`update messages.message set sealed = null, removed_at = now() where message.id = ${id}::uuid`,
		);
		await enqueue(tx, 'messages.forget_files', { messageId: id });
		await told(tx, viewer, id);
	});

/** Drops the files of a message that was removed; runs as the house, and may be done twice. */
export async function dropFilesOf(tx: Tx, messageId: string): Promise<void> {
	const held = await tx.many<{ file_id: string }>(
		sql`delete from messages.attachment where attachment.message_id = ${messageId}::uuid returning file_id`,
	);
	for (const { file_id } of held) await dropFile(tx, file_id);
}
