import { asSystem, type Tx } from '../db.ts';
import { dropFile, keepFile } from '../files/keep.ts';
import { giveUp } from '../files/leave.ts';
import { FileProblem } from '../files/problem.ts';
import { FILE_MAX } from '../files/sniff.ts';
import { getBytes, putBytes, type StoredBytes } from '../files/stored.ts';
import type { JobDefinition } from '../jobs.ts';
import { list, sql } from '../sql.ts';

/** A file that came with a form that waits: its field, its place among those of that field, and how its sender calls it. */
export interface UnsentFile {
	id: string;
	field: string;
	at: number;
	name: string;
	type: string;
}

/** The holder of such files: no rule opens it, so they are fetched by nobody, and only sent again by their owner. */
const holder = 'platform.unsent';
const filesAtMost = 10;
const bytesAtMost = 60 * 1024 * 1024;
/** How long files wait; the words of their form wait a day. */
const isWaiting = sql`file.created_at > now() - interval '1 hour'`;

/** Files of a form, those left empty included: what goes with them (a description) is told by their place. */
const filesIn = (sent: Iterable<[string, FormDataEntryValue]>) => {
	const places = new Map<string, number>();
	return [...sent].flatMap(([field, file]) => {
		const at = places.get(field) ?? 0;
		places.set(field, at + 1);
		// One left empty comes as an empty file, or as an empty text, as the browser likes.
		return typeof file !== 'string' && file.size ? [{ field, at, file }] : [];
	});
};

/**
 * Stores the files of a form that waits, sealed, as they came: what becomes of them is judged when they are sent. Gives those that are kept,
 * and the names of those that are not (too large, too many, no room left to their owner, not good).
 */
export async function keepFiles(
	personId: string,
	unsentId: string,
	sent: Iterable<[string, FormDataEntryValue]>,
	isGood: (file: File) => Promise<boolean> = async () => true,
): Promise<{ kept: UnsentFile[]; lost: string[] }> {
	const [kept, lost]: [UnsentFile[], string[]] = [[], []];
	let room = bytesAtMost;
	for (const { field, at, file } of filesIn(sent)) {
		const name = file.name.slice(0, 200);
		const fits = kept.length < filesAtMost && file.size <= Math.min(room, FILE_MAX);
		const id = fits && (await isGood(file)) ? await keepOne(personId, unsentId, file) : null;
		if (id) kept.push({ id, field, at, name, type: file.type.slice(0, 100) });
		else lost.push(name);
		if (id) room -= file.size;
	}
	return { kept, lost };
}

async function keepOne(ownerId: string, unsentId: string, file: File): Promise<string | null> {
	const stored = await putBytes(new Uint8Array(await file.arrayBuffer()), FILE_MAX, true);
	// Its name is with the sealed words: here it would be read by who copies the table.
	const plain = { family: 'document', mime: 'application/octet-stream', extension: 'bin' } as const;
	const upload = { ...stored, kind: plain, name: 'unsent', width: null, height: null, seconds: null };
	return asSystem('unsent', (tx) => keepFile(tx, upload, { ownerId, holder, holderId: unsentId })).catch(
		async (problem: unknown) => {
			await giveUp(stored.storedId);
			if (!(problem instanceof FileProblem)) throw problem;
			return null;
		},
	);
}

/** Forgets the files of these forms; runs as the house. */
export async function forgetFiles(tx: Tx, unsentIds: readonly string[]): Promise<void> {
	const rows = await tx.many<{ id: string }>(
		sql`select file.id from platform.file where file.holder = ${holder} and file.holder_id = any (${list([...unsentIds], 'uuid')})`,
	);
	for (const { id } of rows) await dropFile(tx, id);
}

/** The files whose hour is over, whose form was sent, or is there no more: one that is arriving has no row yet. */
const isOver = sql`(not ${isWaiting} or (file.created_at < now() - interval '5 minutes' and not exists (
	select from platform.unsent where unsent.id = file.holder_id and (unsent.sent_at is null or unsent.sent_at > now() - interval '5 minutes'))))`;

/** Forgets the files that wait for nothing any more; gives how many. */
export const forgetOver = (): Promise<number> =>
	asSystem('unsent', async (tx) => {
		const rows = await tx.many<{ id: string }>(
			sql`select file.id from platform.file where file.holder = ${holder} and ${isOver} for update skip locked`,
		);
		for (const { id } of rows) await dropFile(tx, id);
		return rows.length;
	});

/** Comes back by itself; the registry declares it with the house's own work. */
export const unsentFilesJob: JobDefinition<never> = {
	name: 'privacy.unsent_files',
	policy: 'house',
	every: '*/10 * * * *',
	work: async () => void (await forgetOver()),
};

/** Those of a person's files that still wait. */
export async function stillThere(personId: string, files: UnsentFile[]): Promise<UnsentFile[]> {
	if (!files.length) return [];
	const ids = list(
		files.map(({ id }) => id),
		'uuid',
	);
	const rows = await asSystem('unsent', (tx) =>
		tx.many<{ id: string }>(sql`select file.id from platform.file
			where file.id = any (${ids}) and file.owner_id = ${personId}::uuid and file.holder = ${holder} and ${isWaiting}`),
	);
	return files.filter(({ id }) => rows.some((row) => row.id === id));
}

/** A file as its sender's browser gave it; null when it waits no more. */
export async function openFile(personId: string, { id, name, type }: UnsentFile): Promise<File | null> {
	const stored = await asSystem('unsent', (tx) =>
		tx.one<StoredBytes>(sql`select rendition.stored_id as "storedId", rendition.bytes::float8 as bytes, rendition.sealed_key as "sealedKey"
			from platform.file join platform.rendition on rendition.file_id = file.id
			where file.id = ${id}::uuid and file.owner_id = ${personId}::uuid and file.holder = ${holder} and ${isWaiting}`),
	);
	if (!stored) return null;
	const pieces: Buffer<ArrayBuffer>[] = [];
	for await (const piece of await getBytes(stored)) pieces.push(piece as Buffer<ArrayBuffer>);
	return new File(pieces, name, { type });
}
