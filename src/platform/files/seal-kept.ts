import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { asSystem, type Tx } from '../db.ts';
import { list, sql } from '../sql.ts';
import { FileProblem } from './problem.ts';
import { FILE_MAX } from './sniff.ts';
import { getBytes, putBytes, type StoredBytes, store } from './stored.ts';

/** What was done: files sealed, in all their sizes; how many could not be read; how many are still open. */
export interface Sealed {
	sealed: number;
	unreadable: number;
	left: number;
}

interface Kept {
	file_id: string;
	width: number;
	stored_id: string;
	bytes: number;
}

const inTurn = 20;
/** Who asked where the bytes are a moment ago has opened them by then, in milliseconds. */
const openedAfterMs = 250;

const open = (
	holders: readonly string[],
) => sql`from platform.rendition join platform.file on file.id = rendition.file_id
	where rendition.sealed_key is null and file.holder = any (${list(holders, 'text')})`;

/** Files of these holders that are not sealed on the disk, in all their sizes, and bytes still to be taken off it. */
export async function countUnsealed(tx: Tx, holders: readonly string[]): Promise<number> {
	const { n } = (await tx.one<{ n: number }>(sql`select (select count(*) ${open(holders)})::int
		+ (select count(*) from platform.stored_left)::int as n`))!;
	return n;
}

/**
 * Seals on the disk what these holders keep open, one file after the other; may be stopped anywhere and begun again, while others
 * read. Bytes are written whole beside the old ones, then named in their place, then the old ones are taken off.
 */
export async function sealKept(
	holders: readonly string[],
	onProgress: (done: number, total: number) => void = () => {},
): Promise<Sealed> {
	await clearLeft();
	const total = await asSystem('files', (tx) => countUnsealed(tx, holders));
	const count = { sealed: 0, unreadable: 0, gone: 0 };
	let last: Kept | undefined;
	for (let some = await nextOf(holders, last); some.length; some = await nextOf(holders, last)) {
		last = some.at(-1);
		for (const one of some) count[await sealOne(one)]++;
		await setTimeout(openedAfterMs);
		await clearLeft();
		onProgress(count.sealed, total);
	}
	const left = await asSystem('files', (tx) => countUnsealed(tx, holders));
	return { sealed: count.sealed, unreadable: count.unreadable, left };
}

const nextOf = (holders: readonly string[], last: Kept | undefined) =>
	asSystem('files', (tx) =>
		tx.many<Kept>(sql`select rendition.file_id, rendition.width, rendition.stored_id, rendition.bytes::float8 as bytes ${open(holders)}
			and (${last?.file_id ?? null}::uuid is null or (rendition.file_id, rendition.width) > (${last?.file_id ?? null}::uuid, ${last?.width ?? 0}::int))
			order by rendition.file_id, rendition.width limit ${inTurn}`),
	);

/** One size of one file. Gone, or sealed by another meanwhile, it is left alone. */
async function sealOne(kept: Kept): Promise<'sealed' | 'unreadable' | 'gone'> {
	const made = await sealedCopy(kept);
	if (!made) return (await isThere(kept)) ? 'unreadable' : 'gone';
	const named = await asSystem('files', async (tx) => {
		const done =
			await tx.run(sql`update platform.rendition set stored_id = ${made.storedId}, sealed_key = ${made.sealedKey}
			where file_id = ${kept.file_id}::uuid and width = ${kept.width}::int and stored_id = ${kept.stored_id} and sealed_key is null`);
		await tx.run(
			sql`insert into platform.stored_left (stored_id) values (${done ? kept.stored_id : made.storedId})`,
		);
		return done > 0;
	});
	return named ? 'sealed' : 'gone';
}

async function sealedCopy({ stored_id: storedId, bytes }: Kept): Promise<StoredBytes | null> {
	try {
		const content = await buffer(await getBytes({ storedId, bytes, sealedKey: null }));
		return content.length === bytes ? await putBytes(content, FILE_MAX, true) : null;
	} catch (problem) {
		const { code } = problem as { code?: string };
		if (problem instanceof FileProblem || code === 'ENOENT') return null;
		throw problem;
	}
}

const isThere = ({ file_id, width, stored_id }: Kept) =>
	asSystem('files', (tx) =>
		tx.one(sql`select 1 as yes from platform.rendition where rendition.file_id = ${file_id}::uuid
			and rendition.width = ${width}::int and rendition.stored_id = ${stored_id}`),
	);

/** Takes off the disk what nothing names any more. */
async function clearLeft(): Promise<void> {
	const left = await asSystem('files', (tx) =>
		tx.many<{ stored_id: string }>(sql`select stored_id from platform.stored_left`),
	);
	for (const { stored_id } of left) {
		await store().delete(stored_id);
		await asSystem('files', (tx) =>
			tx.run(sql`delete from platform.stored_left where stored_id = ${stored_id}`),
		);
	}
}
