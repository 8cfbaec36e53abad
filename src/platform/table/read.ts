import { setImmediate } from 'node:timers/promises';
import { type Detected, decode, detectEncoding } from './encoding.ts';
import { findHeader } from './header.ts';
import { otherKind, otherTextKind } from './kinds.ts';
import { type Parsed, parseRecords, recordBatches } from './records.ts';
import { detectSeparator } from './separator.ts';
import type { NotATable, NotATableKind, ReadOptions, Row, Table } from './types.ts';

const MAX_BYTES = 50 * 1024 * 1024;
const MAX_ROWS = 400_000;
const SAMPLE_BYTES = 64 * 1024;

/** Thrown while walking the rows of a table that has more lines than accepted. */
export class TableStopped extends Error {
	readonly code = 'too_many_lines';
	readonly limit: number;
	constructor(limit: number) {
		super(`more than ${limit} lines`);
		this.limit = limit;
	}
}

/**
 * Opens an uploaded table: says how it is written and gives its lines one by one.
 * The bytes are kept until the rows are let go; the lines are not.
 * @returns the table, or `not_a_table` with what the file is instead
 */
export async function readTable(
	source: Buffer | AsyncIterable<Uint8Array>,
	options: ReadOptions = {},
): Promise<Table | NotATable> {
	const limit = options.maxBytes ?? MAX_BYTES;
	const bytes = await collect(source, limit);
	if (bytes === null) return { ...refuse('too_large'), limit };
	const kind = otherKind(bytes);
	if (kind) return refuse(kind);
	const detected = chooseEncoding(bytes, options);
	if (!detected.encoding.startsWith('utf-16') && bytes.includes(0)) return refuse('nul_bytes');
	const sample = firstLines(bytes, detected);
	const textKind = otherTextKind(sample);
	if (textKind) return refuse(textKind);
	return describe(bytes, detected, sample, options);
}

function refuse(kind: NotATableKind): NotATable {
	return { ok: false, code: 'not_a_table', kind };
}

async function collect(source: Buffer | AsyncIterable<Uint8Array>, limit: number): Promise<Buffer | null> {
	if (Buffer.isBuffer(source)) return source.length > limit ? null : source;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of source) {
		size += chunk.length;
		if (size > limit) return null;
		chunks.push(chunk);
	}
	return Buffer.concat(chunks, size);
}

function chooseEncoding(bytes: Buffer, { encoding }: ReadOptions): Detected {
	const detected = detectEncoding(bytes);
	return encoding && encoding !== detected.encoding ? { ...detected, encoding, certain: true } : detected;
}

/** The first whole lines; the start of the only line when there is but one. */
function firstLines(bytes: Buffer, detected: Detected): string {
	const whole = bytes.length <= SAMPLE_BYTES;
	const text = [...decode(whole ? bytes : bytes.subarray(0, SAMPLE_BYTES), detected)].join('').trimEnd();
	const end = text.lastIndexOf('\n');
	return whole || end < 0 ? text : text.slice(0, end);
}

function describe(bytes: Buffer, detected: Detected, sample: string, options: ReadOptions): Table {
	const separator = options.separator === undefined ? detectSeparator(sample) : options.separator;
	const header = findHeader(parseRecords(sample, separator).slice(0, 50), separator, options.hasHeader);
	const width = header.names.length;
	const walk = () =>
		rowsOf(recordBatches(decode(bytes, detected), separator, width), width, header.firstRow, options);
	return {
		ok: true,
		encoding: detected.encoding,
		encodingCertain: detected.certain,
		byteOrderMark: detected.byteOrderMark,
		separator,
		header: header.names,
		headerLine: header.line,
		headerProblems: header.problems,
		rows: { [Symbol.asyncIterator]: walk },
	};
}

async function* rowsOf(
	batches: Iterable<Parsed[]>,
	width: number,
	firstRow: number,
	{ maxRows = MAX_ROWS }: ReadOptions,
): AsyncGenerator<Row, undefined> {
	let line = 0;
	let given = 0;
	for (const batch of batches) {
		for (const record of batch) {
			line++;
			if (line < firstRow || record.cells.every((cell) => cell.trim() === '')) continue;
			if (++given > maxRows) throw new TableStopped(maxRows);
			yield rowOf(record, line, width);
		}
		// other requests have their turn between two batches
		await setImmediate();
	}
}

function rowOf({ cells, strayQuote }: Parsed, line: number, width: number): Row {
	if (strayQuote) return { line, cells, problem: { code: 'stray_quote' } };
	const found = cells.length;
	if (found === width) return { line, cells };
	if (found < width) return { line, cells, problem: { code: 'too_few_cells', expected: width, found } };
	if (cells.slice(width).every((cell) => cell.trim() === '')) return { line, cells: cells.slice(0, width) };
	return { line, cells, problem: { code: 'too_many_cells', expected: width, found } };
}
