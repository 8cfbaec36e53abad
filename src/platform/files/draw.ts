import type { Tx } from '../db.ts';
import { newId } from '../ids.ts';
import { sql } from '../sql.ts';
import { redraw } from './image.ts';
import { type Holding, store } from './keep.ts';
import { FileProblem, refuseIf } from './problem.ts';
import { FILE_MAX, sniff } from './sniff.ts';
import type { Stored } from './storage.ts';

/** A picture redrawn and stored in its sizes, smallest first, not yet tied to anything. */
export type Drawn = { width: number; height: number; stored: Stored }[];

/**
 * Judges and redraws one picture at once, for what is shown as soon as it is chosen (a logo). The bytes as they came are
 * kept nowhere. Throws FileProblem.
 */
export async function drawNow(file: File): Promise<Drawn> {
	refuseIf(file.size > FILE_MAX, 'too_large');
	const content = Buffer.from(await file.arrayBuffer());
	const { family } = await sniff(content, file.name);
	if (family !== 'image') throw new FileProblem('unknown_kind');
	const drawn: Drawn = [];
	for (const { width, height, bytes } of await redraw(content))
		drawn.push({ width, height, stored: await store().put(bytes, FILE_MAX) });
	return drawn;
}

/** Ties a drawn picture to what holds it, ready, in the transaction; gives its id. */
export async function keepDrawn(
	tx: Tx,
	drawn: Drawn,
	{ ownerId, holder, holderId, description = '' }: Holding,
): Promise<string> {
	const id = newId();
	const largest = drawn.at(-1)!;
	const bytes = drawn.reduce((sum, { stored }) => sum + stored.size, 0);
	await tx.run(sql`insert into platform.file (id, owner_id, holder, holder_id, kind, name, bytes, width, height, description, state)
		values (${id}, ${ownerId}, ${holder}, ${holderId}::uuid, 'image/webp', ${holder}, ${bytes}, ${largest.width}, ${largest.height}, ${description}, 'ready')`);
	for (const { width, height, stored } of drawn) {
		await tx.run(
			sql`insert into platform.rendition (file_id, width, height, stored_id, bytes) values (${id}, ${width}, ${height}, ${stored.id}, ${stored.size})`,
		);
	}
	return id;
}
