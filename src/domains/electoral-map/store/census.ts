import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Table } from '#platform/table/index.ts';
import type { CensusBase } from '../census/base.ts';
import { mustCountOccupations } from '../census/figures.ts';
import { sumIndividuals } from '../census/individuals.ts';
import { readCensus } from '../census/read.ts';
import { refuseLoad } from './refusal.ts';
import type { Prepared, Writer } from './sources.ts';

/** A base of figures, or the file of individuals summed; `vintage` is the year for what does not say its own. */
export async function prepareCensus(table: Table, vintage: string): Promise<Prepared> {
	const base = await baseOf(table, Number(vintage) || undefined);
	const columns = [...base.columns.keys()];
	const figures = [...base.columns.values()];
	if (columns.length === 0) refuseLoad('census_no_figures');
	return {
		vintage: String(base.years[0] ?? vintage),
		election: null,
		columns,
		communes: [...new Set(base.communes)],
		counts: { areas: base.irises.length, columns: columns.length },
		remarks: base.remarks,
		rows: base.irises.length,
		write: writing(base, figures),
	};
}

async function baseOf(table: Table, year: number | undefined): Promise<CensusBase> {
	const isIndividuals = table.header.some((name) => name.toUpperCase() === 'IPONDI');
	if (!isIndividuals) return wholeBase(await Array.fromAsync(cellsOf(table)), year);
	if (!year) refuseLoad('vintage_needed');
	return sumIndividuals(cellsOf(table), year);
}

function wholeBase(rows: string[][], year: number | undefined): CensusBase {
	const base = readCensus(rows, year ? { year } : {});
	mustCountOccupations(base);
	return base;
}

async function* cellsOf({ header, rows }: Table): AsyncGenerator<string[]> {
	yield header;
	for await (const { cells } of rows) yield cells;
}

const writing =
	(base: CensusBase, figures: Float64Array[]): Writer =>
	async (tx, sourceId, from, to) => {
		const irises = base.irises.slice(from, to);
		const values = irises.map((_, at) => `{${figures.map((column) => column[from + at]).join()}}`);
		await tx.run(sql`insert into electoral_map.census_row (source_id, iris, commune, quality, values)
			select ${sourceId}::uuid, iris, commune, quality, figures::float8[] from unnest(${irises}::text[],
				${base.communes.slice(from, to)}::text[], ${[...base.labels.slice(from, to)]}::smallint[],
				${values}::text[]) as row (iris, commune, quality, figures)`);
	};

/** One IRIS of a base. */
export interface CensusRow {
	iris: string;
	commune: string;
	quality: number;
	/** In the order of the columns of its source; NaN where there is no figure. */
	values: number[];
}

/** Rows of a base in some communes. */
export const readCensusRows = (tx: Tx, sourceId: string, communes: string[]): Promise<CensusRow[]> =>
	tx.many(sql`select iris, commune, quality, values from electoral_map.census_row
		where source_id = ${sourceId}::uuid and commune = any(${list(communes, 'text')}) order by iris`);
