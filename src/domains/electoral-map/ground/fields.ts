import { stationKey, wholeCommune } from './keys.ts';
import type { Box } from './territories.ts';

/** What a feature says it is. */
export interface Identity {
	/** Key of a station, or the nine signs of an IRIS. */
	code: string;
	/** The whole commune. */
	commune: string;
	/** Where it must be when its code alone does not say which commune. */
	within?: Box;
}

const COMMUNE = '\\d[\\dAB]\\d{3}';

// Names of columns as seen in published files, in lower case, best first.
const stationColumns = ['codebureauvote', 'code_bv', 'codebv', 'id_bv', 'id_bvote', 'id_brut_bv_reu', 'id'];
const numberColumns = ['numerobureauvote', 'num_bv', 'num_bureau', 'numero', 'bureau', 'code_bv', 'codebv'];
const irisColumns = ['code_iris', 'dcomiris', 'codeiris', 'dcom_iris', 'iris'];
const communeColumns = [
	'codecommune',
	'code_commune',
	'code_commune_ref',
	'insee_com',
	'code_insee',
	'insee',
	'codgeo',
	'depcom',
	'com',
	'code',
];

const PARIS: Box = [2.2, 48.8, 2.5, 48.92];

/** The station a feature is about; null when no column tells. */
export function stationOf(properties: Record<string, unknown>): Identity | null {
	const cells = lowered(properties);
	for (const column of stationColumns) {
		const found = wholeKey(cells.get(column) ?? '');
		if (found) return found;
	}
	const commune = communeIn(cells);
	const number = firstOf(cells, numberColumns, /./);
	return commune && number ? identity(commune, number) : null;
}

/** A station written in one cell: `04209_5`, and of Paris alone `19-5` and `750190005`. */
export function wholeKey(text: string): Identity | null {
	const [, commune, number] = text.match(new RegExp(`^(${COMMUNE})_(.+)$`)) ?? [];
	if (commune && number) return identity(commune, number);
	const [, district, ofDistrict] =
		text.match(/^(\d{1,2})-(\d{1,2})$/) ?? text.match(/^750(\d\d)(\d{4})$/) ?? [];
	if (!district || !ofDistrict || Number(district) < 1 || Number(district) > 20) return null;
	return { ...identity(String(75100 + Number(district)), ofDistrict), within: PARIS };
}

function identity(commune: string, number: string): Identity {
	return { code: stationKey(commune, number), commune: wholeCommune(commune) };
}

/** The IRIS a feature is about; a commune alone is the IRIS of a commune that is not cut. */
export function irisOf(properties: Record<string, unknown>): Identity | null {
	const cells = lowered(properties);
	const iris = firstOf(cells, irisColumns, new RegExp(`^${COMMUNE}\\d{4}$`), 9);
	const commune = iris?.slice(0, 5) ?? communeIn(cells);
	if (!commune) return null;
	const part = firstOf(cells, ['iris'], /^\d{4}$/) ?? '0000';
	return { code: iris ?? commune + part, commune: wholeCommune(commune) };
}

function communeIn(cells: Map<string, string>): string | null {
	return firstOf(cells, communeColumns, new RegExp(`^${COMMUNE}$`), 5);
}

/** The first cell that looks right; a spreadsheet may have eaten the first zero of codes of `width` signs. */
function firstOf(cells: Map<string, string>, columns: string[], looks: RegExp, width = 0): string | null {
	for (const column of columns) {
		const cell = cells.get(column) ?? '';
		const whole = cell.length === width - 1 && /^\d+$/.test(cell) ? `0${cell}` : cell;
		if (looks.test(whole)) return whole;
	}
	return null;
}

function lowered(properties: Record<string, unknown>): Map<string, string> {
	const texts = Object.entries(properties).map(([name, value]) => [name.toLowerCase(), text(value)] as const);
	return new Map(texts);
}

function text(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
