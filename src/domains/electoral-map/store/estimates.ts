import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { estimateCount } from '../measures/estimates.ts';
import { joinWeights } from '../measures/joined.ts';
import { type CrossingQuality, marksOf } from '../measures/marks.ts';
import type { StationKey, Weight } from '../model.ts';
import type { CensusRow } from './census.ts';
import { tablesNow } from './weights.ts';

/** A base and a table of weights, and communes whose estimates are still to be made. */
export interface Missing {
	base: string;
	table: string;
	columns: string[];
	communes: string[];
}

/** What is still to be estimated: of current bases, by tables whose sources are current. */
export const estimatesToMake = (tx: Tx): Promise<Missing[]> =>
	tx.many(sql`with crossed as (select distinct tables.id, station_quality.commune
			from ${tablesNow} as tables join electoral_map.station_quality on station_quality.table_id = tables.id)
		select source.id as base, crossed.id as table, source.columns, array_agg(cover.commune order by cover.commune) as communes
		from electoral_map.source join electoral_map.cover on cover.source_id = source.id
		join crossed on crossed.commune = cover.commune
		where source.kind = 'census' and source.state = 'current' and not exists (select from electoral_map.estimated
			where estimated.base_id = source.id and estimated.table_id = crossed.id and estimated.commune = cover.commune)
		group by 1, 2, 3 order by 1, 2`);

/** Counts of a commune, shared out. */
export interface Estimates {
	commune: string;
	/** IRIS of the base that are shared out, and that nothing shares out. */
	joined: number;
	leftOut: number;
	stations: { key: StationKey; values: number[]; mark: string }[];
}

/** What one commune is estimated from. */
export interface Ingredients {
	rows: CensusRow[];
	weights: Weight[];
	quality: CrossingQuality[];
	/** How many the base has. */
	columns: number;
}

/** Shares the figures of the IRIS of a commune out among its stations. */
export function estimate(commune: string, { rows, weights, quality, columns }: Ingredients): Estimates {
	const codes = rows.map(({ iris }) => iris);
	const joined = joinWeights(weights, codes);
	const leftOut = joined.left.length;
	const found = { commune, joined: rows.length - leftOut, leftOut };
	if (found.joined === 0) return { ...found, stations: [] };
	const counts = Array.from({ length: columns }, (_, column) => {
		const figures = Float64Array.from(rows, ({ values }) => values[column] ?? Number.NaN);
		const { values, unknown } = estimateCount(joined, figures);
		// Nothing known of any of its IRIS is no zero
		return values.map((value, at) => (unknown[at] === 1 ? Number.NaN : value));
	});
	const labels = Uint8Array.from(rows, (row) => row.quality);
	const marks = marksOf(joined, labels, quality);
	const stations = joined.stations.map((key, at) => ({
		key,
		values: counts.map((values) => values[at] ?? Number.NaN),
		mark: marks[at]?.mark ?? 'poor',
	}));
	return { ...found, stations };
}

/** Keeps estimates; done again, they replace themselves. */
export async function writeEstimates(tx: Tx, { base, table }: Missing, made: Estimates[]) {
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('electoral-map estimates'))`);
	const pair = sql`base_id = ${base}::uuid and table_id = ${table}::uuid`;
	const communes = list(
		made.map(({ commune }) => commune),
		'text',
	);
	await tx.run(sql`delete from electoral_map.estimate where ${pair} and commune = any(${communes})`);
	await tx.run(sql`delete from electoral_map.estimated where ${pair} and commune = any(${communes})`);
	await tx.run(sql`insert into electoral_map.estimated (base_id, table_id, commune, joined, left_out)
		select ${base}::uuid, ${table}::uuid, * from unnest(${communes}, ${made.map(({ joined }) => joined)}::int[],
			${made.map(({ leftOut }) => leftOut)}::int[])`);
	const rows = made.flatMap(({ stations }) => stations);
	await tx.run(sql`insert into electoral_map.estimate (base_id, table_id, key, commune, values, mark)
		select ${base}::uuid, ${table}::uuid, key, split_part(key, '_', 1), figures::float8[], mark
		from unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ values }) => `{${values.join()}}`)}::text[],
			${rows.map(({ mark }) => mark)}::text[]) as row (key, figures, mark)`);
}
