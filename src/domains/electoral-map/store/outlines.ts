import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { MultiPolygon } from 'geojson';
import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { Given } from '../files/open.ts';
import type { OutlineFile } from '../ground/layer.ts';
import { apart } from '../ground/thread.ts';
import type { IrisOutline, StationOutline } from '../model.ts';
import { now, type Prepared, type Writer } from './sources.ts';

/** Outlines of stations, read whole in a thread of their own. */
export async function prepareStations(given: Given, vintage: string): Promise<Prepared> {
	const { outlines, remarks } = await apart('readStations', [fileOf(given)]);
	const drawn = outlines.filter(({ outline }) => outline).length;
	const rows = outlines.map(({ key, ...row }) => ({ ...row, code: key }));
	return { ...prepared(rows, vintage, 'station'), counts: { stations: rows.length, drawn }, remarks };
}

/** Outlines of IRIS, or of communes that are not cut. */
export async function prepareIrises(given: Given, vintage: string): Promise<Prepared> {
	const { outlines, remarks } = await apart('readIrises', [fileOf(given)]);
	const rows = outlines.map(({ iris, ...row }) => ({ ...row, code: iris }));
	return { ...prepared(rows, vintage, 'iris'), counts: { areas: rows.length }, remarks };
}

type Row = { code: string; commune: string; outline: MultiPolygon | null };

function prepared(rows: Row[], vintage: string, table: 'station' | 'iris') {
	return {
		vintage,
		election: null,
		columns: [],
		communes: communesOf(rows),
		rows: rows.length,
		write: writing(rows, table),
	};
}

const writing =
	(all: Row[], table: 'station' | 'iris'): Writer =>
	async (tx, sourceId, from, to) => {
		const rows = all.slice(from, to);
		const code = sql.raw(table === 'station' ? 'key' : 'iris');
		await tx.run(sql`insert into electoral_map.${sql.raw(table)} (source_id, ${code}, commune, outline)
			select ${sourceId}::uuid, * from unnest(${rows.map((row) => row.code)}::text[],
				${rows.map(({ commune }) => commune)}::text[], ${rows.map(({ outline }) => packed(outline))}::bytea[])`);
	};

/** Keeps stations that were drawn from a source of addresses, under that source. */
export const writeDrawn = (tx: Tx, sourceId: string, outlines: StationOutline[]): Promise<void> =>
	writing(
		outlines.map(({ key, ...row }) => ({ ...row, code: key })),
		'station',
	)(tx, sourceId, 0, outlines.length);

/** Stations of a source in some communes; of addresses, those drawn from them. */
export async function readStations(tx: Tx, sourceId: string, communes: string[]): Promise<StationOutline[]> {
	const rows = await tx.many<{ key: string; commune: string; outline: Buffer | null }>(
		sql`select key, commune, outline from electoral_map.station
			where source_id = ${sourceId}::uuid and commune = any(${list(communes, 'text')}) order by key`,
	);
	return rows.map(({ outline, ...row }) => ({ ...row, outline: outline && unpacked(outline) }));
}

/** For each vintage and commune, the source whose stations are shown: outlines first, else those drawn from addresses. */
export const drawnNow: Sql = sql`(select distinct on (held.vintage, held.commune) held.vintage, held.commune, held.id
	from (select outlines.*, false as is_ours from ${now('outlines')} as outlines
		union all select listed.*, true from ${now('addresses')} as listed where exists (select from electoral_map.station
			where station.source_id = listed.id and station.commune = listed.commune)) as held
	order by held.vintage, held.commune, held.is_ours)`;

/** IRIS of a source in some communes. */
export async function readIrises(tx: Tx, sourceId: string, communes: string[]): Promise<IrisOutline[]> {
	const rows = await tx.many<{ iris: string; commune: string; outline: Buffer }>(
		sql`select iris, commune, outline from electoral_map.iris
			where source_id = ${sourceId}::uuid and commune = any(${list(communes, 'text')}) order by iris`,
	);
	return rows.map(({ outline, ...row }) => ({ ...row, outline: unpacked(outline) }));
}

/** Tables have no outlines: the file was recognised as another kind before. */
function fileOf(given: Given): OutlineFile {
	if (given.form === 'table') throw new Error(`${given.name} holds no outlines`);
	return given;
}

export const communesOf = (things: { commune: string }[]) => [
	...new Set(things.map(({ commune }) => commune)),
];

const packed = (outline: MultiPolygon | null) =>
	outline && deflateRawSync(JSON.stringify(outline.coordinates));

const unpacked = (bytes: Buffer): MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates: JSON.parse(inflateRawSync(bytes).toString()),
});
