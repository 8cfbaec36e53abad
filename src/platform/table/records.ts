import Papa from 'papaparse';
import type { Separator } from './types.ts';

/** One record as parsed; `strayQuote` when a quote was opened and never sensibly closed. */
export type Parsed = { cells: string[]; strayQuote?: true };

type Batch = { records: Parsed[]; rest: string };
type PapaResult = { data: string[][]; errors: { row?: number }[]; meta: { cursor: number } };

/** Beyond this, a quoted cell is a quote somebody forgot to close. */
const MOST_LINES_IN_A_RECORD = 100;
const MOST_HELD = 256 * 1024;

/** A separator that no text contains stands for "one column". */
const NEVER = '\u001f';

/** Records of the text, batch after batch, blank ones included so that lines can be counted. */
export function* recordBatches(
	text: Iterable<string>,
	separator: Separator,
	width: number,
): Generator<Parsed[]> {
	let held = '';
	for (const piece of text) {
		const force = held.length > MOST_HELD;
		const batch = parseBatch(held + piece, separator, width, false, force);
		held = batch.rest;
		yield batch.records;
	}
	if (held !== '') yield parseBatch(held, separator, width, true, false).records;
}

/** Records of a short text, all at once. */
export function parseRecords(text: string, separator: Separator): string[][] {
	return papa(text, separator, false).data;
}

function parseBatch(text: string, separator: Separator, width: number, last: boolean, force: boolean): Batch {
	if (!force) {
		const { data, errors, meta } = papa(text, separator, !last);
		const suspect = errors.length > 0 || data.some((cells) => swallowed(cells, separator, width));
		if (!suspect)
			return { records: data.map((cells) => ({ cells })), rest: last ? '' : text.slice(meta.cursor) };
	}
	return mend(text, separator, width, last);
}

function papa(text: string, separator: Separator, ignoreLast: boolean): PapaResult {
	const parser = new Papa.Parser({ delimiter: separator ?? NEVER, newline: '\n' });
	const result: PapaResult = parser.parse(text, 0, ignoreLast);
	// Papa gives a last empty record after the last end of line
	if (!ignoreLast && text.endsWith('\n')) result.data.pop();
	return result;
}

/** Whether a cell holds what looks like other lines of the table. */
function swallowed(cells: string[], separator: Separator, width: number): boolean {
	return cells.some((cell) => {
		if (!cell.includes('\n')) return false;
		if (cell.split('\n').length > MOST_LINES_IN_A_RECORD) return true;
		return cells.length !== width && separator !== null && cell.includes(separator);
	});
}

/** Line by line, joining the lines of a quoted cell only when the result is a sound record. */
function mend(text: string, separator: Separator, width: number, last: boolean): Batch {
	const { lines, unfinished } = splitLines(text, last);
	const records: Parsed[] = [];
	for (let at = 0; at < lines.length; ) {
		const size = quotedSpan(lines, at, last);
		if (size === null) return { records, rest: [...lines.slice(at), ...unfinished].join('\n') };
		const cells = soundRecord(lines.slice(at, at + size), separator, width);
		records.push(cells ? { cells } : literal(lines[at] ?? '', separator));
		at += cells ? size : 1;
	}
	return { records, rest: unfinished.join('') };
}

/** The piece after the last end of line is the start of a line still to come, or nothing. */
function splitLines(text: string, last: boolean): { lines: string[]; unfinished: string[] } {
	const lines = text.split('\n');
	const isWhole = last && lines.at(-1) !== '';
	return { lines, unfinished: isWhole ? [] : lines.splice(-1) };
}

/** How many lines until quotes are even again: 0 when never within reason, null when lines to come may tell. */
function quotedSpan(lines: string[], from: number, last: boolean): number | null {
	let quotes = 0;
	for (let size = 1; size <= MOST_LINES_IN_A_RECORD; size++) {
		const line = lines[from + size - 1];
		if (line === undefined) return last ? 0 : null;
		quotes += line.split('"').length - 1;
		if (quotes % 2 === 0) return size;
	}
	return 0;
}

function soundRecord(lines: string[], separator: Separator, width: number): string[] | null {
	if (lines.length === 0) return null;
	const text = lines.join('\n');
	if (text === '') return [''];
	const { data, errors } = papa(text, separator, false);
	const [cells] = data;
	if (errors.length > 0 || data.length !== 1 || !cells || swallowed(cells, separator, width)) return null;
	return cells;
}

function literal(line: string, separator: Separator): Parsed {
	const cells = separator === null ? [line] : line.split(separator);
	return { cells: cells.map((cell) => cell.replace(/^"|"$/g, '').replaceAll('""', '"')), strayQuote: true };
}
