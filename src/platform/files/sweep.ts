import { asSystem } from '../db.ts';
import type { JobDefinition } from '../jobs.ts';
import { list, sql } from '../sql.ts';
import { unnamedAmong } from './leave.ts';
import { store } from './stored.ts';

const hour = 3_600_000;
/** An upload under way has no row yet: nothing younger than this is touched, in milliseconds. */
const youngest = 24 * hour;
/** As many as this may be unnamed without a question. */
const fewEnough = 100;

/** What was looked at on the disk: bytes older than a day, those that no row names, and those that were taken off. */
export interface Swept {
	looked: number;
	unnamed: number;
	deleted: number;
	/** Uploads that were cut, taken off too. */
	cut: number;
	/** More has no name than has one: another database than theirs is likely, and nothing was taken off. */
	doubtful: boolean;
}

interface Asked {
	/** Counts only. */
	dry?: boolean;
	/** By itself, with nobody to look at what it does: stops where the database may be another's. */
	careful?: boolean;
	/** Looks at so many at most. */
	most?: number;
	/** How old, in milliseconds. */
	age?: number;
}

/**
 * Takes off the disk the bytes that no row names: left by a stop between a commit and their deletion, or stored for something that was
 * then refused. Some at a time, while others write; what is not a file of ours (a link, another name) is not touched.
 */
export async function sweepFiles({ dry = false, careful = false }: Asked = {}): Promise<Swept> {
	const found = await countUnnamed();
	const doubtful = found.unnamed > fewEnough && found.unnamed > found.looked / 2;
	if (dry || (careful && doubtful)) return { ...found, deleted: 0, cut: 0, doubtful };
	let deleted = 0;
	for await (const { unnamed } of batches(youngest)) {
		for (const id of unnamed) await store().delete(id);
		await forgetLeft(unnamed);
		deleted += unnamed.length;
	}
	return { ...found, deleted, cut: await store().sweep(), doubtful };
}

/** How many bytes on the disk no row names, among those older than `age`. */
export async function countUnnamed({
	most = Number.POSITIVE_INFINITY,
	age = youngest,
}: Asked = {}): Promise<Pick<Swept, 'looked' | 'unnamed'>> {
	const count = { looked: 0, unnamed: 0 };
	for await (const { ids, unnamed } of batches(age)) {
		count.looked += ids.length;
		count.unnamed += unnamed.length;
		if (count.looked >= most) break;
	}
	return count;
}

/** What is on the disk, some at a time, with those that no row names at that very moment. */
async function* batches(age: number): AsyncGenerator<{ ids: string[]; unnamed: string[] }> {
	for await (const ids of store().writtenBefore(Date.now() - age))
		yield { ids, unnamed: await asSystem('files', (tx) => unnamedAmong(tx, ids)) };
}

const forgetLeft = (ids: readonly string[]) =>
	asSystem('files', (tx) =>
		tx.run(
			sql`delete from platform.stored_left where stored_left.stored_id = any (${list([...ids], 'text')})`,
		),
	);

/** Comes back by itself each night; the registry declares it with the house's own work. */
export const sweepJob: JobDefinition<never> = {
	name: 'privacy.sweep_files',
	policy: 'house',
	every: '41 3 * * *',
	work: async () => {
		const { doubtful, unnamed, looked } = await sweepFiles({ careful: true });
		if (doubtful) console.warn(`files: ${unnamed} of ${looked} have no name; nothing was taken off`);
	},
};
