import { join, resolve } from 'node:path';
import type { Tx } from '../db.ts';
import { newId } from '../ids.ts';
import { list, sql } from '../sql.ts';
import { folderStore } from './folder-store.ts';
import { measure, PIXELS_MAX, redraw } from './image.ts';
import { refuseIf } from './problem.ts';
import { FILE_MAX, type Kind, sniff } from './sniff.ts';
import { bareSound } from './sound/index.ts';
import { type FileStore, withinQuota } from './storage.ts';

/** Bytes one person may keep in all. */
export const QUOTA = 500 * 1024 * 1024;

let opened: { root: string; store: FileStore } | undefined;

/** Where the bytes of this installation are. */
export function store(): FileStore {
	const root = resolve(process.env.COOPOL_FILES ?? join(process.env.COOPOL_DATA ?? '.coopol', 'files'));
	if (opened?.root !== root) opened = { root, store: folderStore(root) };
	return opened.store;
}

/** An upload judged and stored, not yet tied to anything. */
export interface Upload {
	storedId: string;
	kind: Kind;
	name: string;
	bytes: number;
	width: number | null;
	height: number | null;
	/** How long a sound lasts, when it says so. */
	seconds: number | null;
}

/** Judges the bytes of an upload and stores them; those of a sound, once laid bare. Throws FileProblem. Nothing is written in the database yet. */
export async function takeIn(file: File): Promise<Upload> {
	refuseIf(file.size > FILE_MAX, 'too_large');
	const content = Buffer.from(await file.arrayBuffer());
	const kind = await sniff(content, file.name);
	const size = kind.family === 'image' ? await measure(content) : null;
	refuseIf(size !== null && size.width * size.height > PIXELS_MAX, 'too_many_pixels');
	const sound = kind.family === 'sound' ? bareSound(content) : null;
	const { id, size: bytes } = await store().put(sound?.bytes ?? content, FILE_MAX);
	return {
		storedId: id,
		kind,
		name: plainName(file.name),
		bytes,
		width: size?.width ?? null,
		height: size?.height ?? null,
		seconds: sound?.seconds ?? null,
	};
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
	await tx.run(sql`insert into platform.rendition (file_id, width, height, stored_id, bytes)
		values (${id}, 0, 0, ${upload.storedId}, ${upload.bytes})`);
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

interface Original {
	stored_id: string;
}

/**
 * Redraws a waiting picture in its sizes, without metadata, and throws the original away; a picture that cannot be
 * read is refused for good. Runs as the house, in a job; doing it twice changes nothing. Gives what is now true of it.
 */
export async function redrawFile(
	fileId: string,
	within: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
): Promise<'ready' | 'refused' | 'gone'> {
	const original = await within((tx) =>
		tx.one<Original>(sql`
		select rendition.stored_id from platform.rendition join platform.file on file.id = rendition.file_id
		where file.id = ${fileId}::uuid and rendition.width = 0 and file.state = 'waiting'`),
	);
	if (!original) return 'gone';
	const chunks: Buffer[] = [];
	for await (const chunk of await store().get(original.stored_id)) chunks.push(chunk as Buffer);
	const drawn = await redraw(Buffer.concat(chunks)).catch((problem: Error) => {
		if (problem.name === 'FileProblem') return null;
		throw problem;
	});
	const sizes = await Promise.all(
		(drawn ?? []).map(async ({ width, height, bytes }) => ({
			width,
			height,
			bytes: bytes.length,
			stored: await store().put(bytes, FILE_MAX),
		})),
	);
	await within(async (tx) => {
		for (const { width, height, bytes, stored } of sizes) {
			await tx.run(sql`insert into platform.rendition (file_id, width, height, stored_id, bytes)
				values (${fileId}, ${width}, ${height}, ${stored.id}, ${bytes}) on conflict do nothing`);
		}
		const largest = sizes.at(-1);
		await tx.run(sql`update platform.file set state = ${drawn ? 'ready' : 'refused'}, width = ${largest?.width ?? null}::int,
			height = ${largest?.height ?? null}::int, kind = ${drawn ? 'image/webp' : 'refused'} where id = ${fileId}::uuid`);
		await tx.run(sql`delete from platform.rendition where file_id = ${fileId}::uuid and width = 0`);
	});
	await store().delete(original.stored_id);
	return drawn ? 'ready' : 'refused';
}

/** Removes a file's rows and bytes. Runs as the house, after what held it is gone. */
export async function dropFile(tx: Tx, fileId: string): Promise<void> {
	const kept = await tx.many<Original>(
		sql`select stored_id from platform.rendition where file_id = ${fileId}::uuid`,
	);
	await tx.run(sql`delete from platform.file where id = ${fileId}::uuid`);
	for (const { stored_id } of kept) await store().delete(stored_id);
}
