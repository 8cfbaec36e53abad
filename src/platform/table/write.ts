import Papa from 'papaparse';

export type CellValue = string | number | boolean | Date | null | undefined;

const BYTE_ORDER_MARK = '\ufeff';
const BATCH = 500;

/** What a spreadsheet reads as the start of a formula, even after blanks and signs that nobody sees. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: spreadsheets skip control characters
const FORMULA = /^(?:[\t\r]|[\s\x00-\x1f\u00a0\u200b-\u200f\u2028-\u202e\u2060\ufeff]*[=+\-@＝＋－＠])/;

/**
 * The lines of a table as CSV that French spreadsheets open without asking: UTF-8 with its mark, `;`, CRLF.
 * Text that would start a formula is preceded by an apostrophe; numbers stay numbers.
 */
export async function* writeCsv(
	rows: Iterable<readonly CellValue[]> | AsyncIterable<readonly CellValue[]>,
): AsyncGenerator<string, undefined> {
	yield BYTE_ORDER_MARK;
	let batch: (readonly CellValue[])[] = [];
	for await (const row of rows) {
		batch.push(row);
		if (batch.length < BATCH) continue;
		yield format(batch);
		batch = [];
	}
	if (batch.length > 0) yield format(batch);
}

/** Makes a text harmless for spreadsheets: the one rule for every export. */
export function neutraliseFormula(text: string): string {
	return startsFormula(text) ? `'${text}` : text;
}

/** Gives back the text that `neutraliseFormula` protected, when a person imports an export of ours. */
export function restoreFormula(text: string): string {
	return text.startsWith("'") && startsFormula(text) ? text.slice(1) : text;
}

/** Apostrophes already there are passed over, so that what we add can be taken away again. */
function startsFormula(text: string): boolean {
	return FORMULA.test(text.replace(/^'+/, ''));
}

// What Papa would leave bare: blanks at the edges are lost, and a first line `sep=` is an order to the spreadsheet.
const mustQuote = (cell: string) => /^\s|\s$|^sep=/i.test(cell);

const format = (rows: (readonly CellValue[])[]) =>
	`${Papa.unparse(
		rows.map((row) => row.map(cellText)),
		{ delimiter: ';', newline: '\r\n', quotes: mustQuote },
	)}\r\n`;

function cellText(value: CellValue): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return value.toISOString();
	return typeof value === 'string' ? neutraliseFormula(value) : String(value);
}
