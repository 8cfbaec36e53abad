import { invalidField } from '#platform/errors.ts';
import { type FileKind, recognise } from './columns/index.ts';
import type { Column } from './model.ts';
import { BYTES_MAX, openTable, survey } from './source.ts';
import { headersKnown } from './steps/remember.ts';

/** A file, understood and not yet written anywhere. */
export interface Opened {
	bytes: Buffer;
	name: string;
	columns: Column[];
	reading: { encoding: string; separator: string | null; headerLine: number; lines: number };
}

/** Reads what was sent: how it is written, its columns, its lines. Throws Invalid with what to do. */
export async function openSent(
	kind: FileKind,
	bytes: Buffer,
	name: string,
	known: ReadonlyMap<string, string | null>,
): Promise<Opened> {
	if (bytes.length > BYTES_MAX)
		throw invalidField('file', 'imports.file_is_too_large', { limit: BYTES_MAX / 1024 / 1024 });
	const table = await openTable(bytes, kind);
	const { first, lines } = await survey(table);
	const guesses = recognise(kind, table.header, first.slice(0, 50));
	const columns = headersKnown(guesses, known).map((guess) => ({
		...guess,
		examples: examplesOf(first, guess.column, guess.reason.code === 'forbidden'),
	}));
	const { encoding, separator, headerLine } = table;
	return { bytes, name, columns, reading: { encoding, separator, headerLine, lines } };
}

// What is forbidden is not even shown again.
function examplesOf(first: readonly string[][], column: number, isForbidden: boolean): string[] {
	if (isForbidden) return [];
	const values = new Set(first.map((cells) => (cells[column] ?? '').trim()).filter(Boolean));
	return [...values].slice(0, 2).map((value) => (value.length > 16 ? `${value.slice(0, 14)}…` : value));
}
