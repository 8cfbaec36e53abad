import { asSystem, type Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Weight } from './model.ts';
import { alone } from './store/alone.ts';
import { type AskedJoin, type Join, joinOfElection } from './store/joins.ts';
import { refuseLoad } from './store/refusal.ts';
import { readCounts } from './store/results.ts';
import { versions } from './store/sources.ts';
import { readWeights, tablesNow } from './store/weights.ts';
import type { TransferOptions, Transfers } from './transfers/estimate.ts';
import { transfersByLabel } from './transfers/labelled.ts';

/** A commune, and the vintage of its stations. */
export interface Place {
	commune: string;
	vintage: string;
}

/** Figures of one station, estimated, in the order of the columns asked. */
export interface StationFigures {
	key: string;
	values: number[];
	quality: 'good' | 'fair' | 'poor';
}

/** Estimates of the stations of a commune. Refuses a column that no base loaded for it has. */
export const estimatesOf = (place: Place, columns: string[]): Promise<StationFigures[]> =>
	asSystem(
		'map',
		alone(async (tx) => {
			const found = new Map<string, StationFigures>();
			for (const [at, column] of columns.entries())
				for (const row of await figuresOf(tx, place, column)) {
					const figures = found.get(row.key) ?? { key: row.key, values: [], quality: row.mark };
					figures.values[at] = row.value;
					figures.quality = worse(figures.quality, row.mark);
					found.set(row.key, figures);
				}
			return [...found.values()];
		}),
	);

type Mark = StationFigures['quality'];
const marks: Mark[] = ['good', 'fair', 'poor'];
const worse = (a: Mark, b: Mark) => marks[Math.max(marks.indexOf(a), marks.indexOf(b))] ?? 'poor';

type Figure = { key: string; value: number; mark: Mark };

/** The base put there last that has the column, by the table that counts; of several, the one that joins most IRIS. */
async function figuresOf(tx: Tx, { commune, vintage }: Place, column: string): Promise<Figure[]> {
	const made = await tx.one<{ base: string; table: string; at: number }>(sql`
		select estimated.base_id as base, tables.id as table, array_position(source.columns, ${column}) as at
		from electoral_map.estimated join ${tablesNow} as tables on tables.id = estimated.table_id
		join electoral_map.source on source.id = estimated.base_id
		where source.state = 'current' and ${column} = any(source.columns) and tables.vintage = ${vintage}
			and estimated.commune = ${commune} and estimated.joined > 0
		order by source.current_at desc, tables.is_given desc, tables.ground_at desc, estimated.joined desc, tables.iris_at desc
		limit 1`);
	if (!made) return refuseMissing(tx, { commune, vintage }, column);
	return tx.many(sql`select estimate.key, estimate.values[${made.at}::int] as value, estimate.mark
		from electoral_map.estimate where estimate.base_id = ${made.base}::uuid
			and estimate.table_id = ${made.table}::uuid and estimate.commune = ${commune} order by estimate.key`);
}

async function refuseMissing(tx: Tx, place: Place, column: string): Promise<never> {
	if (!(await tableOf(tx, place))) refuseLoad('no_weights', { ...place });
	const known = await tx.many<{ name: string }>(sql`select distinct name from electoral_map.source
		join electoral_map.cover on cover.source_id = source.id, unnest(source.columns) as name
		where source.kind = 'census' and source.state = 'current' and cover.commune = ${place.commune} order by 1 limit 200`);
	return refuseLoad('no_column', {
		column,
		commune: place.commune,
		known: known.map(({ name }) => name).join(', '),
	});
}

async function tableOf(tx: Tx, { commune, vintage }: Place): Promise<string | null> {
	const found = await tx.one<{ id: string }>(sql`select tables.id from ${tablesNow} as tables
		where tables.vintage = ${vintage} and exists (select from electoral_map.station_quality
			where station_quality.table_id = tables.id and station_quality.commune = ${commune})
		order by tables.is_given desc, tables.ground_at desc, tables.iris_at desc limit 1`);
	return found?.id ?? null;
}

/** How the IRIS of a commune are shared out among its stations. */
export const weightsOf = (place: Place): Promise<Weight[]> =>
	asSystem(
		'map',
		alone(async (tx) => {
			const table = await tableOf(tx, place);
			if (!table) return refuseLoad('no_weights', { ...place });
			return (await readWeights(tx, table, [place.commune])).map(({ commune: _, ...weight }) => weight);
		}),
	);

/** How results fall on outlines. Refuses an election that is not loaded. */
export const joinOf = (asked: AskedJoin): Promise<Join> =>
	asSystem(
		'map',
		alone(async (tx) => {
			const known = await tx.many<{
				election: string;
			}>(sql`select distinct source.election from electoral_map.source
				where source.kind = 'results' and source.state = 'current' order by 1`);
			if (!known.some(({ election }) => election === asked.election))
				refuseLoad('no_election', {
					election: asked.election,
					known: known.map(({ election }) => election).join(', '),
				});
			return (await joinOfElection(tx, asked)) ?? refuseLoad('no_outlines', { vintage: asked.vintage ?? '' });
		}),
	);

/** How votes moved between two rounds in a commune: ranges over the whole of it, never about one station. */
export async function transfersIn(
	{ commune, from, to }: { commune: string; from: string; to: string },
	options: TransferOptions = {},
): Promise<Transfers> {
	const [first, second] = await asSystem(
		'map',
		alone(async (tx) => [await readCounts(tx, from, commune), await readCounts(tx, to, commune)] as const),
	);
	for (const [election, counts] of [
		[from, first],
		[to, second],
	] as const)
		if (counts.length === 0) refuseLoad('no_election', { election, known: '' });
	return transfersByLabel(first, second, options);
}

/** Every version loaded, the last first. */
export const loadedVersions = () => asSystem('map', alone(versions));
