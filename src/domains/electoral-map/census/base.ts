import { invalidField, type Problem } from '#platform/errors.ts';
import type { Remark } from '../model.ts';

/** Figures of the census, a column after the other: the value at `n` of each column is that of `irises[n]`. */
export interface CensusBase {
	/** Nine signs, in the order of the file; a base by commune has `0000` for the last four. */
	irises: string[];
	/** INSEE code of the whole commune of each IRIS. */
	communes: string[];
	/** INSEE's quality label of each IRIS, 1 the best; 0 when the base does not say. */
	labels: Uint8Array;
	/** By name in capitals. NaN where INSEE gives no figure: never zero. */
	columns: Map<string, Float64Array>;
	/** Years of the figures, the latest first. */
	years: number[];
	level: 'iris' | 'commune';
	remarks: Remark[];
}

/** Refuses the base: a Refusal on the field `file`, with the sentence `electoral-map.<fault>`. */
export function refuseCensus(
	fault: 'census_no_header' | 'census_missing_column' | 'census_code' | 'census_figure' | 'census_conflict',
	args: NonNullable<Problem['args']> = {},
): never {
	throw invalidField('file', `electoral-map.${fault}`, args);
}

/** One column of the base; a Refusal that names it when the base has it not. */
export function columnOf(base: CensusBase, name: string): Float64Array {
	const column = base.columns.get(name);
	if (!column) refuseCensus('census_missing_column', { column: name, years: base.years.join(', ') || '?' });
	return column;
}

/** The year in the name of a column (`P19_POP`, `C22_POP15P`), else null. */
export function yearOf(column: string): number | null {
	const digits = /^[PCI](\d\d)_/.exec(column)?.[1];
	if (!digits) return null;
	return Number(digits) + (Number(digits) < 60 ? 2000 : 1900);
}

/** Years of these columns, the latest first. */
export function yearsOf(columns: Iterable<string>): number[] {
	const years = [...columns].map(yearOf).filter((year) => year !== null);
	return [...new Set(years)].sort((a, b) => b - a);
}
