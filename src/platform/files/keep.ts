import type { Tx } from '../db.ts';
import { newId } from '../ids.ts';
import { list, sql } from '../sql.ts';
import { measure, PIXELS_MAX, redraw } from './image.ts';
import { giveUp, leaveBytes } from './leave.ts';
import { refuseIf } from './problem.ts';
import { FILE_MAX, type Kind, sniff } from './sniff.ts';
import { bareSound } from './sound/index.ts';
import { withinQuota } from './storage.ts';
import { getBytes, putBytes, type StoredBytes } from './stored.ts';

export { store } from './stored.ts';

/** Bytes one person may keep in all. */
export const QUOTA = 500 * 1024 * 1024;

/** An upload judged and stored, not yet tied to anything. */
export interface Upload extends StoredBytes {
	kind: Kind;
	name: string;
	width: number | null;
	height: number | null;
	/** How long a sound lasts, when it says so. */
	seconds: number | null;
}

/**
 * Judges the bytes of an upload and stores them; those of a sound, once laid bare. `sealed`: nobody reads them on the disk, nor in a
 * copy of it. `accepts` is asked of its kind before it is stored, and throws. Throws FileProblem. Nothing is written in the database yet.
 */
export async function takeIn(file: File, { sealed = false, accepts = anyKind } = {}): Promise<Upload> {
	refuseIf(file.size > FILE_MAX, 'too_large');
	const content = Buffer.from(await file.arrayBuffer());
	const kind = await sniff(content, file.name);
	accepts(kind);
	const size = kind.family === 'image' ? await measure(content) : null;
	refuseIf(size !== null && size.width * size.height > PIXELS_MAX, 'too_many_pixels');
	const sound = kind.family === 'sound' ? bareSound(content) : null;
	return {
		...(await putBytes(sound?.bytes ?? content, FILE_MAX, sealed)),
		kind,
		name: plainName(file.name),
		width: size?.width ?? null,
		height: size?.height ?? null,
		seconds: sound?.seconds ?? null,
	};
}

const anyKind: (kind: Kind) => void = () => {};

/** Takes several files in, one after the other. Where one is refused none stays, and it is thrown why. */
export async function takeAll(takes: readonly (() => Promise<Upload>)[]): Promise<Upload[]> {
	const taken: Upload[] = [];
	try {
		for (const take of takes) taken.push(await take());
		return taken;
	} catch (refusal) {
		if (taken.length) await giveUp(...taken.map(({ storedId }) => storedId));
		throw refusal;
	}
}

// A name is shown and sent back in a header: no path, no control or direction sign.
const plainName = (name: string) =>
	name
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
		.replace(/^.*[\\/]/, '')
		.trim()
		.slice(0, 120) || 'document';

/** Who holds a file, and who it counts for. */
export interface Holding {
	ownerId: string;
	/** What holds the file, as declared by the domain (`feed.post`); its rule says who may fetch. */
	holder: string;
	holderId: string | null;
	description?: string;
}

/** Ties an upload to what holds it, in the transaction. Pictures wait for `redrawFile`; documents and sounds are ready. */
export async function keepFile(
	tx: Tx,
	upload: Upload,
	{ ownerId, holder, holderId, description = '' }: Holding,
): Promise<string> {
	const { used } = (await tx.one<{ used: number }>(sql`
		select coalesce(sum(file.bytes), 0)::float8 as used from platform.file where file.owner_id = ${ownerId}::uuid`))!;
	withinQuota({ used, adding: upload.bytes, limit: QUOTA });
	const id = newId();
	const isPicture = upload.kind.family === 'image';
	await tx.run(sql`insert into platform.file (id, owner_id, holder, holder_id, kind, name, bytes, width, height, seconds, description, state)
		values (${id}, ${ownerId}, ${holder}, ${holderId}::uuid, ${upload.kind.mime}, ${upload.name}, ${upload.bytes},
			${upload.width}::int, ${upload.height}::int, ${upload.seconds}::real, ${description}, ${isPicture ? 'waiting' : 'ready'})`);
	// Width 0 is the file as it came: never served when it is a picture.
	await tx.run(sql`insert into platform.rendition (file_id, width, height, stored_id, bytes, sealed_key)
		values (${id}, 0, 0, ${upload.storedId}, ${upload.bytes}, ${upload.sealedKey})`);
	return id;
}

/** Passes files of their owner from one holder to another thing; gives those that were there. */
export const passFiles = (
	tx: Tx,
	ids: readonly string[],
	from: string,
	{ ownerId, holder, holderId }: Omit<Holding, 'description'>,
): Promise<{ id: string; kind: string; description: string | null }[]> =>
	tx.many(sql`
		update platform.file set holder = ${holder}, holder_id = ${holderId}::uuid
		where file.id = any (${list([...ids], 'uuid')}) and file.owner_id = ${ownerId}::uuid and file.holder = ${from}
		returning id, kind, description`);

/**
 * Redraws a waiting picture in its sizes, without metadata, and throws the original away; a picture that cannot be
 * read is refused for good. Its sizes are sealed if it was. Runs as the house, in a job; doing it twice changes nothing. Gives what is now true of it.
 */
export async function redrawFile(
	fileId: string,
	within: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
): Promise<'ready' | 'refused' | 'gone'> {
	const original = await within((tx) =>
		tx.one<StoredBytes>(sql`
		select rendition.stored_id as "storedId", rendition.bytes::float8 as bytes, rendition.sealed_key as "sealedKey" from platform.rendition join platform.file on file.id = rendition.file_id
		where file.id = ${fileId}::uuid and rendition.width = 0 and file.state = 'waiting'`),
	);
	if (!original) return 'gone';
	const chunks: Buffer[] = [];
	for await (const chunk of await getBytes(original)) chunks.push(chunk as Buffer);
	const drawn = await redraw(Buffer.concat(chunks)).catch((problem: Error) => {
		if (problem.name === 'FileProblem') return null;
		throw problem;
	});
	const sizes = await Promise.all(
		(drawn ?? []).map(async ({ width, height, bytes }) => ({
			width,
			height,
			stored: await putBytes(bytes, FILE_MAX, original.sealedKey !== null),
		})),
	);
	await within(async (tx) => {
		for (const { width, height, stored } of sizes) {
			await tx.run(sql`insert into platform.rendition (file_id, width, height, stored_id, bytes, sealed_key)
				values (${fileId}, ${width}, ${height}, ${stored.storedId}, ${stored.bytes}, ${stored.sealedKey}) on conflict do nothing`);
		}
		const largest = sizes.at(-1);
		await tx.run(sql`update platform.file set state = ${drawn ? 'ready' : 'refused'}, width = ${largest?.width ?? null}::int,
			height = ${largest?.height ?? null}::int, kind = ${drawn ? 'image/webp' : 'refused'} where id = ${fileId}::uuid`);
		// Sealed while it was redrawn, it is kept elsewhere.
		const gone = await tx.many<{ stored_id: string }>(
			sql`delete from platform.rendition where file_id = ${fileId}::uuid and width = 0 returning stored_id`,
		);
		leaveBytes(tx, gone);
	});
	return drawn ? 'ready' : 'refused';
}

/** Removes a file's rows and bytes. Runs as the house, after what held it is gone. */
export async function dropFile(tx: Tx, fileId: string): Promise<void> {
	const kept = await tx.many<{ stored_id: string }>(
		sql`delete from platform.rendition where file_id = ${fileId}::uuid returning stored_id`,
	);
	await tx.run(sql`delete from platform.file where id = ${fileId}::uuid`);
	// Undone, the file is still there: its bytes go once nothing can bring it back.
	leaveBytes(tx, kept);
}
