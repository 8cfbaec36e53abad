import { invalidField } from '#platform/errors.ts';
import { store } from '#platform/files/keep.ts';
import { readTable, type Table, TableStopped } from '#platform/table/index.ts';

/** The largest file taken, and the most lines in it. */
export const BYTES_MAX = 50 * 1024 * 1024;
export const LINES_MAX = { members: 400_000, units: 50_000 } as const;

/** Opens a file that was kept. Throws Invalid when it is no table, with what it is instead. */
export async function openTable(bytes: Buffer, kind: 'members' | 'units'): Promise<Table> {
	const table = await readTable(bytes, { maxBytes: BYTES_MAX, maxRows: LINES_MAX[kind] });
	// words: imports.file_is_*
	if (!table.ok)
		throw invalidField('file', `imports.file_is_${table.kind}`, { limit: BYTES_MAX / 1024 / 1024 });
	return table;
}

/** The first lines of a table and how many there are. Throws Invalid for none or too many. */
export async function survey(table: Table, samples = 100): Promise<{ first: string[][]; lines: number }> {
	const first: string[][] = [];
	let lines = 0;
	try {
		for await (const { cells } of table.rows) {
			if (first.length < samples) first.push(cells);
			lines++;
		}
	} catch (stopped) {
		if (stopped instanceof TableStopped)
			throw invalidField('file', 'imports.too_many_lines', { limit: stopped.limit });
		throw stopped;
	}
	if (!lines) throw invalidField('file', 'imports.no_line');
	return { first, lines };
}

/** The bytes of a kept file. Throws FileProblem when they were thrown away. */
export async function keptBytes(storedId: string): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of await store().get(storedId)) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** Batches of a table's lines. */
export async function* batches<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<T[], undefined> {
	let batch: T[] = [];
	for await (const row of rows) {
		batch.push(row);
		if (batch.length < size) continue;
		yield batch;
		batch = [];
	}
	if (batch.length) yield batch;
}
