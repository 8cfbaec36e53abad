import { wholeCommune } from '../ground/keys.ts';
import type { Remark } from '../model.ts';
import { type CensusBase, columnOf, refuseCensus, yearOf, yearsOf } from './base.ts';
import { figureOf } from './figure.ts';
import { type CensusHeader, findHeader } from './header.ts';

/** What the reader is told of a base. */
export interface CensusOptions {
	/** Columns that must be there: the base is refused with the name of the first that is not. */
	require?: string[];
	/** The year, for a base whose columns do not say theirs. */
	year?: number;
}

type Figures = { name: string; at: number; isInsee: boolean; values: number[] }[];

interface Reading {
	header: CensusHeader;
	irises: string[];
	labels: number[];
	figures: Figures;
	/** Place in `irises`. */
	seen: Map<string, number>;
	/** Columns that turn out to hold words. */
	words: Set<string>;
	counts: { same: number; repaired: number; empty: number };
}

/**
 * An INSEE base by IRIS or by commune, from rows of texts with their header. Rows that say twice the same are merged;
 * those that contradict each other, codes that are none and words where a figure is due are refused with their line.
 */
export function readCensus(rows: string[][], options: CensusOptions = {}): CensusBase {
	const reading = begin(rows);
	for (let at = reading.header.line; at < rows.length; at++) {
		const cells = rows[at] ?? [];
		if (cells.some((cell) => cell.trim())) takeRow(reading, cells, at + 1);
	}
	return finish(reading, options);
}

function begin(rows: string[][]): Reading {
	const header = findHeader(rows);
	const figures = header.figures.map((column) => ({
		...column,
		isInsee: yearOf(column.name) !== null,
		values: [],
	}));
	const counts = { same: 0, repaired: 0, empty: 0 };
	return { header, irises: [], labels: [], figures, seen: new Map(), words: new Set(), counts };
}

function takeRow(reading: Reading, cells: string[], line: number): void {
	const { header, irises, labels, figures, seen, counts } = reading;
	const iris = codeOf(reading, cells[header.code] ?? '', line);
	const values = figures.map((column) => cellFigure(reading, column, cells[column.at] ?? '', line));
	const before = seen.get(iris);
	if (before !== undefined) {
		const differs = figures.find((column, n) => !Object.is(column.values[before], values[n]));
		if (differs) refuseCensus('census_conflict', { iris, column: differs.name, line });
		counts.same++;
		return;
	}
	seen.set(iris, irises.length);
	irises.push(iris);
	labels.push(Number(header.label === null ? 0 : cells[header.label]) || 0);
	if (values.every(Number.isNaN)) counts.empty++;
	for (const [n, column] of figures.entries()) column.values.push(values[n] ?? Number.NaN);
}

/** Nine signs. A spreadsheet eats the zero in front of a code that is all digits. */
function codeOf({ header, counts }: Reading, cell: string, line: number): string {
	const size = header.level === 'iris' ? 9 : 5;
	const text = cell.trim().toUpperCase();
	const code = /^\d+$/.test(text) && text.length === size - 1 ? `0${text}` : text;
	if (code.length !== size || !/^\d[\dAB]\d+$/.test(code)) refuseCensus('census_code', { code: text, line });
	if (code !== text) counts.repaired++;
	return code.padEnd(9, '0');
}

function cellFigure({ words }: Reading, column: Figures[number], cell: string, line: number): number {
	const value = figureOf(cell);
	const isCount = value !== null && !(value < 0);
	if (column.isInsee && !isCount)
		refuseCensus('census_figure', { column: column.name, value: cell.slice(0, 40), line });
	if (value === null) words.add(column.name);
	return value ?? Number.NaN;
}

function finish(reading: Reading, { require = [], year }: CensusOptions): CensusBase {
	const { irises, labels, header, words } = reading;
	const figures = reading.figures.filter(({ name }) => !words.has(name));
	const years = yearsOf(figures.map(({ name }) => name));
	const base: CensusBase = {
		irises,
		communes: irises.map((iris) => wholeCommune(iris.slice(0, 5))),
		labels: Uint8Array.from(labels),
		columns: new Map(figures.map(({ name, values }) => [name, Float64Array.from(values)])),
		years: years.length || year === undefined ? years : [year],
		level: header.level,
		remarks: remarksOf(reading),
	};
	for (const name of require) columnOf(base, name);
	return base;
}

function remarksOf({ counts, words }: Reading): Remark[] {
	const told = [
		{ key: 'electoral-map.remark_census_same_rows', count: counts.same },
		{ key: 'electoral-map.remark_census_zero_restored', count: counts.repaired },
		{ key: 'electoral-map.remark_census_empty_rows', count: counts.empty },
	];
	const remarks: Remark[] = told
		.filter(({ count }) => count)
		.map(({ key, count }) => ({ key, args: { count } }));
	if (words.size)
		remarks.push({
			key: 'electoral-map.remark_census_words',
			args: { count: words.size, columns: [...words].slice(0, 10).join(', ') },
		});
	return remarks;
}
