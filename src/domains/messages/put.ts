import type { Tx } from '#platform/db.ts';
import { keepFile, takeAll, takeIn, type Upload } from '#platform/files/keep.ts';
import { type FileProblemCode, sayingProblem } from '#platform/files/problem.ts';
import { newId } from '#platform/ids.ts';
import { announce, enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { tellReaders } from './live.ts';
import { sealFor } from './sealed.ts';

/** Holders whose files nobody reads on the disk, nor in a copy of it. */
export const sealedHolders = ['messages.message'];

/** Judges and stores what came with a form, sealed as the words are, before anything is written. Throws Invalid at the field. */
export function arrive(files: readonly File[]): Promise<Upload[]> {
	return takeAll(
		files.map((file) => () => sayingProblem('files', faultKey, () => takeIn(file, { sealed: true }))),
	);
}

/** Why a file is refused, as a key. */
const faultKey = (code: FileProblemCode) => `messages.file.${code}`; // words: messages.file.*

/** What is put in a conversation: words, or the trace of a change. */
export interface Entry {
	conversationId: string;
	authorId: string;
	kind?: 'said' | 'added' | 'left' | 'back' | 'kept_30' | 'kept_365';
	aboutId?: string | null;
	text?: string;
	uploads?: Upload[];
	at?: Date;
}

// Numbered under the lock of the conversation, kept until commit: nobody reads a number before the ones under it.
const take = (tx: Tx, { conversationId, authorId, at }: Entry) =>
	tx.one<{ number: number; held: boolean }>(sql`
		update messages.conversation set last_number = conversation.last_number + 1,
			last_at = case when apart.held then conversation.last_at else coalesce(${at ?? null}::timestamptz, clock_timestamp()) end
		from (select exists (select from messages.conversation as pair join safety.block
			on block.blocked_id = ${authorId}::uuid and block.person_id in (pair.low, pair.high)
			where pair.id = ${conversationId}::uuid) as held) as apart
		where conversation.id = ${conversationId}::uuid returning conversation.last_number as number, apart.held`);

/**
 * Puts an entry at the end of a conversation, whose row the caller has locked and whose author may write there; tells who reads
 * it. Written to somebody who blocked its author it is held: kept for its author alone. Gives its id.
 */
export async function put(tx: Tx, entry: Entry): Promise<string> {
	const { conversationId, authorId, kind = 'said', aboutId = null, text, uploads = [], at } = entry;
	const id = newId(at?.getTime());
	const { number, held } = (await take(tx, entry))!;
	await tx.run(sql`
		insert into messages.message (id, conversation_id, number, author_id, kind, about_id, sealed, sent_at, held)
		values (${id}, ${conversationId}, ${number}, ${authorId}, ${kind}, ${aboutId}::uuid, ${text === undefined ? null : sealFor(id, text)},
			coalesce(${at ?? null}::timestamptz, clock_timestamp()), ${held})`);
	await attach(tx, authorId, id, uploads);
	await tx.run(sql`update messages.participant set wrote_at = coalesce(${at ?? null}::timestamptz, clock_timestamp()),
			read_number = ${number}, read_at = now(), delivered_number = ${number}, delivered_at = now()
		where participant.conversation_id = ${conversationId}::uuid and participant.person_id = ${authorId}::uuid`);
	if (held) return id;
	await tellReaders(tx, conversationId, authorId);
	if (kind === 'said') await announce(tx, 'messages.sent', { conversationId, messageId: id, byId: authorId });
	return id;
}

/** Ties uploads to a message, in their order; pictures are redrawn by a job. Throws Invalid at the field when there is no room. */
async function attach(tx: Tx, ownerId: string, messageId: string, uploads: Upload[]): Promise<void> {
	for (const [position, upload] of uploads.entries()) {
		const kept = { ownerId, holder: 'messages.message', holderId: messageId };
		const fileId = await sayingProblem('files', faultKey, () => keepFile(tx, upload, kept));
		await tx.run(
			sql`insert into messages.attachment (message_id, position, file_id) values (${messageId}, ${position}, ${fileId})`,
		);
		if (upload.kind.family === 'image') await enqueue(tx, 'messages.image', { fileId });
	}
}
