import type { HeaderProblem, Separator } from './types.ts';

export type Header = { names: string[]; line: number; firstRow: number; problems: HeaderProblem[] };

/** Titles above the header ("Liste au 3 mars") are looked for this far. */
const MOST_TITLE_LINES = 10;

/**
 * Finds the header among the first records: the first one with two names, after a `sep=;` line and titles.
 * `line` and `firstRow` count from 1; `line` is 0 when the first record is already data.
 */
export function findHeader(records: string[][], separator: Separator, chosen?: boolean): Header {
	const at = headerAt(records, separator);
	const cells = records[at] ?? [];
	if (!(chosen ?? !looksLikeData(cells))) {
		return { names: cells.map(() => ''), line: 0, firstRow: at + 1, problems: [{ code: 'missing' }] };
	}
	const names = cells.map((cell) =>
		cell
			.normalize('NFC')
			.replace(/[\s\u00a0\ufeff]+/g, ' ')
			.trim(),
	);
	return { names, line: at + 1, firstRow: at + 2, problems: nameProblems(names) };
}

function headerAt(records: string[][], separator: Separator): number {
	const first = records.findIndex((cells) => filled(cells) > 0 && !isAnnouncement(cells));
	if (separator === null) return Math.max(first, 0);
	const wide = records.findIndex((cells, at) => at >= first && filled(cells) > 1 && !isAnnouncement(cells));
	return wide >= 0 && wide <= MOST_TITLE_LINES ? wide : Math.max(first, 0);
}

function filled(cells: string[]): number {
	return cells.filter((cell) => cell.trim() !== '').length;
}

function isAnnouncement(cells: string[]): boolean {
	return /^"?sep=/i.test(cells[0] ?? '');
}

const DATA = [
	/^[^\s@]+@[^\s@]+\.[^\s@]+$/,
	/^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$/,
	/^\d{4}-\d{2}-\d{2}/,
	/^\+?\d[\d .]{4,}$/,
];

/** An address, a date or a number is never the name of a column. */
function looksLikeData(cells: string[]): boolean {
	return cells.some((cell) => DATA.some((pattern) => pattern.test(cell.trim())));
}

function nameProblems(names: string[]): HeaderProblem[] {
	const seen = new Map<string, number>();
	return names.flatMap((name, column): HeaderProblem[] => {
		if (name === '') return [{ code: 'empty_name', column }];
		const first = seen.get(name.toLowerCase());
		if (first !== undefined) return [{ code: 'duplicate_name', column, first }];
		seen.set(name.toLowerCase(), column);
		return [];
	});
}
