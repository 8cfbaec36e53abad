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

/** Shares the figures of the IRIS of a commune out among its stations. */
export function estimate(
	commune: string,
	{
		rows,
		weights,
		quality,
		columns,
	}: { rows: CensusRow[]; weights: Weight[]; quality: CrossingQuality[]; columns: number },
): Estimates {
	const joined = joinWeights(
		weights,
		rows.map(({ iris }) => iris),
	);
	const counts = Array.from({ length: columns }, (_, column) =>
		estimateCount(
			joined,
			Float64Array.from(rows, ({ values }) => values[column] ?? Number.NaN),
		),
	);
	const marks = marksOf(
		joined,
		Uint8Array.from(rows, (row) => row.quality),
		quality,
	);
	const [left, none] = [joined.left.length, joined.left.length === rows.length];
	return {
		commune,
		joined: rows.length - left,
		leftOut: left,
		stations: none
			? []
			: joined.stations.map((key, at) => ({
					key,
					// Nothing known of all its IRIS is no zero
					values: counts.map(({ values, unknown }) =>
						unknown[at] === 1 ? Number.NaN : (values[at] ?? Number.NaN),
					),
					mark: marks[at]?.mark ?? 'poor',
				})),
	};
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
