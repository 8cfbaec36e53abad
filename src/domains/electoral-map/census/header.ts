import { refuseCensus } from './base.ts';

/** Where the columns are in a row. */
export interface CensusHeader {
	/** Line of the header, from 1. */
	line: number;
	code: number;
	level: 'iris' | 'commune';
	label: number | null;
	figures: { name: string; at: number }[];
}

// What says where or what the place is; all the rest may be a figure.
const places =
	/^(IRIS|CODGEO|(REG|DEP|COM|ARM|UU|EPCI|ARR|CV)\d*|TRIRIS|GRD_QUART|LIB\w+|TYP_IRIS|MODIF_IRIS|LAB_IRIS|STABLE)$/;

// Workbooks of INSEE begin with titles, and a line of long names above the short ones.
const MOST_TITLES = 10;

/** The header among the first rows; a Refusal when none names an IRIS or a commune. */
export function findHeader(rows: string[][]): CensusHeader {
	const titles = rows.slice(0, MOST_TITLES);
	for (const [at, cells] of titles.entries()) {
		const names = cells.map(columnName);
		const iris = names.indexOf('IRIS');
		const code = iris < 0 ? names.indexOf('CODGEO') : iris;
		if (code < 0) continue;
		const label = names.indexOf('LAB_IRIS');
		return {
			line: at + 1,
			code,
			level: iris < 0 ? 'commune' : 'iris',
			label: label < 0 ? null : label,
			figures: figuresAmong(names),
		};
	}
	return refuseCensus('census_no_header');
}

/** The name of a column as it is looked for: capitals, without mark nor space. */
export function columnName(cell: string): string {
	return cell.replace(/[\s\u00a0\ufeff]+/g, '').toUpperCase();
}

function figuresAmong(names: string[]) {
	return names.flatMap((name, at) =>
		name && !places.test(name) && names.indexOf(name) === at ? { name, at } : [],
	);
}
