import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Table } from '#platform/table/index.ts';
import { readRegister } from '../ground/register.ts';
import type { RegisterAddress } from '../model.ts';
import { communesOf } from './outlines.ts';
import { now, type Prepared, type Writer } from './sources.ts';

/** Addresses of the register, one row per station. */
export async function prepareAddresses(table: Table, vintage: string): Promise<Prepared> {
	const { addresses, remarks } = await readRegister(table);
	const stations = [...Map.groupBy(addresses, ({ key }) => key)];
	return {
		vintage,
		election: null,
		columns: [],
		communes: communesOf(addresses),
		counts: { stations: stations.length, addresses: addresses.length },
		remarks,
		rows: stations.length,
		write: writing(stations),
	};
}

const writing =
	(stations: [string, RegisterAddress[]][]): Writer =>
	async (tx, sourceId, from, to) => {
		const rows = stations.slice(from, to);
		await tx.run(sql`insert into electoral_map.address (source_id, key, commune, points)
			select ${sourceId}::uuid, key, commune, points::float8[] from unnest(${rows.map(([key]) => key)}::text[],
				${rows.map(([, [first]]) => first?.commune ?? '')}::text[],
				${rows.map(([, all]) => pointsOf(all))}::text[]) as row (key, commune, points)`);
	};

const pointsOf = (all: RegisterAddress[]) =>
	`{${all.map(({ longitude, latitude, addresses }) => `${longitude},${latitude},${addresses}`).join()}}`;

/** Addresses of a source in some communes. */
export async function readAddresses(
	tx: Tx,
	sourceId: string,
	communes: string[],
): Promise<RegisterAddress[]> {
	const rows = await tx.many<{ key: string; commune: string; points: number[] }>(
		sql`select key, commune, points from electoral_map.address
			where source_id = ${sourceId}::uuid and commune = any(${list(communes, 'text')}) order by key`,
	);
	return rows.flatMap(({ key, commune, points }) =>
		Array.from({ length: points.length / 3 }, (_, at) => ({
			key,
			commune,
			longitude: points[3 * at] ?? 0,
			latitude: points[3 * at + 1] ?? 0,
			addresses: points[3 * at + 2] ?? 0,
		})),
	);
}

/** Addresses whose stations nobody drew, and the areas that make up their communes. */
export interface Undrawn {
	addresses: string;
	iris: string;
	communes: string[];
}

/** What is to be drawn: communes with addresses and areas, and no outlines of stations of the same vintage. */
export const groundsToDraw = (tx: Tx): Promise<Undrawn[]> =>
	tx.many(sql`with areas as (select distinct on (held.commune) held.commune, held.id from ${now('iris')} as held
			order by held.commune, held.vintage desc)
		select listed.id as addresses, areas.id as iris, array_agg(listed.commune order by listed.commune) as communes
		from ${now('addresses')} as listed join areas on areas.commune = listed.commune
		where not exists (select from ${now('outlines')} as drawn
				where drawn.vintage = listed.vintage and drawn.commune = listed.commune)
			and not exists (select from electoral_map.station
				where station.source_id = listed.id and station.commune = listed.commune)
		group by 1, 2 order by 1, 2`);
