import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { wholeCommune } from '../ground/keys.ts';
import type { Crossing } from '../ground/weights.ts';
import type { StationKey, Weight } from '../model.ts';
import { now } from './sources.ts';

/** Sources that are crossed, and the communes that all of them hold. */
export interface Pair {
	vintage: string;
	outlines: string | null;
	addresses: string | null;
	iris: string;
	/** Those not crossed yet. */
	communes: string[];
}

const pairOf = sql`concat_ws(' ', coalesce(held.outlines::text, '-'), coalesce(held.addresses::text, '-'), areas.id)`;

/** Pairs of current sources with communes that nobody crossed yet. What a given table holds is not crossed. */
export const pairsToCross = (tx: Tx): Promise<Pair[]> =>
	tx.many(sql`with held as (
			select vintage, commune, drawn.id as outlines, listed.id as addresses
			from ${now('outlines')} as drawn full join ${now('addresses')} as listed using (vintage, commune)),
		given as (select * from ${now('weights')} as given)
		select held.vintage, held.outlines, held.addresses, areas.id as iris, array_agg(held.commune order by held.commune) as communes
		from held join ${now('iris')} as areas on areas.commune = held.commune
		left join electoral_map.weight_table on weight_table.pair = ${pairOf}
		where not exists (select from given where given.vintage = held.vintage and given.commune = held.commune)
			and not exists (select from electoral_map.station_quality where station_quality.table_id = weight_table.id
				and station_quality.commune = held.commune)
		group by 1, 2, 3, 4 order by 1, 4`);

async function tableOf(
	tx: Tx,
	{ vintage, outlines, addresses, iris }: Omit<Pair, 'communes'>,
): Promise<string> {
	const pair = `${outlines ?? '-'} ${addresses ?? '-'} ${iris}`;
	await tx.run(sql`insert into electoral_map.weight_table (id, vintage, outlines_id, addresses_id, iris_id, pair, method)
		values (${newId()}::uuid, ${vintage}, ${outlines}::uuid, ${addresses}::uuid, ${iris}::uuid, ${pair},
			${addresses ? 'addresses' : 'area'}) on conflict (pair) do nothing`);
	return idOf(tx, pair);
}

async function idOf(tx: Tx, pair: string): Promise<string> {
	const found = await tx.one<{ id: string }>(
		sql`select id from electoral_map.weight_table where weight_table.pair = ${pair}`,
	);
	return found?.id ?? '';
}

/** Keeps the crossing of these communes; done again, it replaces itself. */
export async function writeCrossing(tx: Tx, pair: Pair, { weights, coverage, quality }: Crossing) {
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('electoral-map weights'))`);
	const table = await tableOf(tx, pair);
	const these = sql`commune = any(${list(pair.communes, 'text')})`;
	for (const name of ['weight', 'coverage', 'station_quality'])
		await tx.run(
			sql`delete from electoral_map.${sql.raw(name)} where table_id = ${table}::uuid and ${these}`,
		);
	await writeWeights(tx, table, weights);
	await tx.run(sql`insert into electoral_map.coverage (table_id, iris, commune, coverage, nearest)
		select ${table}::uuid, * from unnest(${coverage.map(({ iris }) => iris)}::text[],
			${coverage.map(({ iris }) => wholeCommune(iris.slice(0, 5)))}::text[],
			${coverage.map((found) => found.coverage)}::float8[], ${coverage.map(({ nearest }) => nearest)}::boolean[])`);
	await writeQuality(tx, table, quality);
}

async function writeWeights(tx: Tx, table: string, weights: Weight[]) {
	await tx.run(sql`insert into electoral_map.weight (table_id, commune, iris, key, weight, area)
		select ${table}::uuid, split_part(key, '_', 1), iris, key, weight, area from unnest(
			${weights.map(({ iris }) => iris)}::text[], ${weights.map(({ key }) => key)}::text[],
			${weights.map(({ weight }) => weight)}::float8[], ${weights.map(({ area }) => area)}::float8[])
			as row (iris, key, weight, area)`);
}

type Quality = Pick<Crossing['quality'][number], 'key' | 'irises' | 'largest' | 'coverage'>;

async function writeQuality(tx: Tx, table: string, quality: Quality[]) {
	await tx.run(sql`insert into electoral_map.station_quality (table_id, key, commune, irises, largest, coverage)
		select ${table}::uuid, key, split_part(key, '_', 1), irises, largest, coverage from unnest(
			${quality.map(({ key }) => key)}::text[], ${quality.map(({ irises }) => irises)}::int[],
			${quality.map(({ largest }) => largest)}::float8[], ${quality.map(({ coverage }) => coverage)}::float8[])
			as row (key, irises, largest, coverage)`);
}

/** What a table made elsewhere lets one know of its stations: how many IRIS they are made of. */
export function qualityOfGiven(weights: Weight[]): Quality[] {
	const counts = new Map<StationKey, number>();
	for (const { key } of weights) counts.set(key, (counts.get(key) ?? 0) + 1);
	return [...counts].map(([key, irises]) => ({ key, irises, largest: null, coverage: null }));
}

/** Writes a part of a table made elsewhere. */
export async function writeGiven(
	tx: Tx,
	given: { sourceId: string; vintage: string; weights: Weight[]; quality: Quality[] },
) {
	await tx.run(sql`insert into electoral_map.weight_table (id, vintage, given_id, pair, method)
		values (${newId()}::uuid, ${given.vintage}, ${given.sourceId}::uuid, ${given.sourceId}, 'given')
		on conflict (pair) do nothing`);
	const table = await idOf(tx, given.sourceId);
	await writeWeights(tx, table, given.weights);
	await writeQuality(tx, table, given.quality);
}

const current = (id: Sql) =>
	sql`(select source.current_at from electoral_map.source where source.id = ${id} and source.state = 'current')`;

/**
 * Tables all of whose sources are current, the one that counts first: a given one, then the last ground put there, then
 * the last IRIS. `id, vintage, ground_at, iris_at`.
 */
export const tablesNow: Sql = sql`(select * from (select weight_table.*, weight_table.given_id is not null as is_given,
		greatest(${current(sql`weight_table.outlines_id`)}, ${current(sql`weight_table.addresses_id`)},
			${current(sql`weight_table.given_id`)}) as ground_at, ${current(sql`weight_table.iris_id`)} as iris_at
	from electoral_map.weight_table) as weight_table
	where not exists (select from electoral_map.source where source.state <> 'current' and source.id in
		(weight_table.outlines_id, weight_table.addresses_id, weight_table.iris_id, weight_table.given_id)))`;

/** Weights of a commune in a table. */
export const readWeights = (
	tx: Tx,
	table: string,
	communes: string[],
): Promise<(Weight & { commune: string })[]> =>
	tx.many(sql`select commune, iris, key, weight, area from electoral_map.weight
		where table_id = ${table}::uuid and commune = any(${list(communes, 'text')}) order by iris, key`);

/** Quality of the stations of some communes in a table. */
export const readQuality = (
	tx: Tx,
	table: string,
	communes: string[],
): Promise<(Quality & { commune: string })[]> =>
	tx.many(sql`select commune, key, irises, largest, coverage from electoral_map.station_quality
		where table_id = ${table}::uuid and commune = any(${list(communes, 'text')}) order by key`);
