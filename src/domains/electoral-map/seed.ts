import { deflateRawSync } from 'node:zlib';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { CrossingQuality } from './measures/marks.ts';
import type { Count, IrisOutline, StationOutline, Weight } from './model.ts';
import type { CensusRow } from './store/census.ts';
import { estimate, writeEstimates } from './store/estimates.ts';
import { preparedFrom } from './store/results.ts';
import { layAtOnce, type Prepared, type Version } from './store/sources.ts';

/** A commune made up for a demonstration or a test, as if its files had been loaded. */
export interface MadeUp {
	commune: string;
	vintage: string;
	stations: (StationOutline & { place: string })[];
	irises: IrisOutline[];
	weights: Weight[];
	quality: CrossingQuality[];
	census: { year: number; columns: string[]; rows: CensusRow[] };
	/** The outlines that each was counted on may be older than those of the stations. */
	rounds: { id: string; vintage: string; counts: Count[] }[];
	/** The label of our candidates. */
	ours: string;
}

/** Writes a made-up commune, its estimates included. Runs as the house. */
export async function makeUp(tx: Tx, made: MadeUp): Promise<void> {
	const { commune, vintage, census } = made;
	const outlines = await source(tx, made, { kind: 'outlines', vintage });
	const iris = await source(tx, made, { kind: 'iris', vintage });
	const base = await source(tx, made, {
		kind: 'census',
		vintage: String(census.year),
		columns: census.columns,
	});
	await writeGround(tx, made, { outlines, iris });
	await tx.run(sql`insert into electoral_map.census_row (source_id, iris, commune, quality, values)
		select ${base}::uuid, iris, ${commune}, quality, figures::float8[]
		from unnest(${census.rows.map((row) => row.iris)}::text[], ${census.rows.map(({ quality }) => quality)}::smallint[],
			${census.rows.map(({ values }) => `{${values.join()}}`)}::text[]) as row (iris, quality, figures)`);
	const table = await writeTable(tx, made, { outlines, iris });
	const { rows, columns } = census;
	const estimates = estimate(commune, { ...made, rows, columns: columns.length });
	await writeEstimates(tx, { base, table, columns, communes: [commune] }, [estimates]);
	for (const round of made.rounds) await writeRound(tx, made, round);
	await tx.run(
		sql`insert into electoral_map.nuance (label, bloc) values (${made.ours}, 'ours') on conflict do nothing`,
	);
}

function source(
	tx: Tx,
	{ commune }: MadeUp,
	{ kind, ...about }: Partial<Prepared> & Pick<Version, 'kind'>,
): Promise<string> {
	const prepared: Prepared = {
		vintage: '',
		election: null,
		columns: [],
		communes: [commune],
		counts: {},
		remarks: [],
		rows: 0,
		write: async () => {},
		...about,
	};
	return layAtOnce(tx, { kind, byId: null, fileName: '' }, prepared);
}

type Sources = { outlines: string; iris: string };

async function writeGround(tx: Tx, { commune, stations, irises }: MadeUp, sources: Sources) {
	const packed = (outline: StationOutline['outline']) =>
		outline && deflateRawSync(JSON.stringify(outline.coordinates));
	await tx.run(sql`insert into electoral_map.station (source_id, key, commune, outline)
		select ${sources.outlines}::uuid, key, ${commune}, outline from unnest(${stations.map(({ key }) => key)}::text[],
			${stations.map(({ outline }) => packed(outline))}::bytea[]) as row (key, outline)`);
	await tx.run(sql`insert into electoral_map.iris (source_id, iris, commune, outline)
		select ${sources.iris}::uuid, iris, ${commune}, outline from unnest(${irises.map(({ iris }) => iris)}::text[],
			${irises.map(({ outline }) => packed(outline))}::bytea[]) as row (iris, outline)`);
	await tx.run(sql`insert into electoral_map.voting_place (key, commune, name)
		select key, ${commune}, name from unnest(${stations.map(({ key }) => key)}::text[],
			${stations.map(({ place }) => place)}::text[]) as row (key, name)`);
}

async function writeTable(
	tx: Tx,
	{ commune, vintage, weights, quality }: MadeUp,
	{ outlines, iris }: Sources,
) {
	const table = newId();
	await tx.run(sql`insert into electoral_map.weight_table (id, vintage, outlines_id, iris_id, pair, method)
		values (${table}::uuid, ${vintage}, ${outlines}::uuid, ${iris}::uuid, ${`${outlines} - ${iris}`}, 'area')`);
	await tx.run(sql`insert into electoral_map.weight (table_id, commune, iris, key, weight, area)
		select ${table}::uuid, ${commune}, * from unnest(${weights.map((one) => one.iris)}::text[],
			${weights.map(({ key }) => key)}::text[], ${weights.map(({ weight }) => weight)}::float8[],
			${weights.map(({ area }) => area)}::float8[])`);
	await tx.run(sql`insert into electoral_map.station_quality (table_id, commune, key, irises, largest, coverage)
		select ${table}::uuid, ${commune}, * from unnest(${quality.map(({ key }) => key)}::text[],
			${quality.map(({ irises }) => irises)}::int[], ${quality.map(({ largest }) => largest)}::float8[],
			${quality.map(({ coverage }) => coverage)}::float8[])`);
	return table;
}

function writeRound(tx: Tx, made: MadeUp, { id, vintage, counts }: MadeUp['rounds'][number]) {
	const { rows, write } = preparedFrom(counts, { id, vintage });
	return source(tx, made, { kind: 'results', vintage, election: id, rows, write });
}
