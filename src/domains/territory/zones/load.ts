import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { foldedName, type Zone, type ZoneKind } from './zone.ts';

const BATCH = 4_000;

/** The id under which a zone is kept: codes alone are shared between kinds. */
export const zoneId = (kind: ZoneKind, code: string) => `${kind}:${code}`;

/**
 * Writes zones, parents before children; those already there follow the new names and numbers. Gives how many were read.
 * The whole of France (35 482 zones) takes a few seconds.
 */
export async function loadZones(tx: Tx, zones: Iterable<Zone> | AsyncIterable<Zone>): Promise<number> {
	let batch: Zone[] = [];
	let count = 0;
	for await (const zone of zones) {
		batch.push(zone);
		count++;
		if (batch.length === BATCH) {
			await writeBatch(tx, batch);
			batch = [];
		}
	}
	await writeBatch(tx, batch);
	return count;
}

async function writeBatch(tx: Tx, batch: Zone[]): Promise<void> {
	if (!batch.length) return;
	const rows = batch.map((zone) => ({
		id: zoneId(zone.kind, zone.code),
		kind: zone.kind,
		code: zone.code,
		name: zone.name,
		folded_name: foldedName(zone),
		parent_id: zone.parentKind && zone.parentCode ? zoneId(zone.parentKind, zone.parentCode) : null,
		population: zone.population,
		postcodes: zone.postcodes,
	}));
	const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id text, kind text, code text, name text,
		folded_name text, parent_id text, population int, postcodes text[])`;
	await tx.run(sql`
		insert into territory.zone (id, kind, code, name, folded_name, parent_id, population, postcodes)
		select given.id, given.kind, given.code, given.name, given.folded_name, given.parent_id, given.population, given.postcodes
		from ${given}
		on conflict (id) do update set name = excluded.name, folded_name = excluded.folded_name, parent_id = excluded.parent_id,
			population = excluded.population, postcodes = excluded.postcodes
		where (zone.name, zone.parent_id, zone.population, zone.postcodes)
			is distinct from (excluded.name, excluded.parent_id, excluded.population, excluded.postcodes)`);
	await writePostcodes(tx, rows);
}

async function writePostcodes(tx: Tx, rows: { id: string; postcodes: string[] }[]): Promise<void> {
	const pairs = JSON.stringify(
		rows.flatMap(({ id, postcodes }) => postcodes.map((postcode) => ({ id, postcode }))),
	);
	const ids = JSON.stringify(rows.map(({ id }) => ({ id })));
	await tx.run(sql`
		delete from territory.zone_postcode using jsonb_to_recordset(${ids}::jsonb) as given (id text)
		where zone_postcode.zone_id = given.id and not zone_postcode.postcode = any (
			select unnest(zone.postcodes) from territory.zone where zone.id = given.id)`);
	await tx.run(sql`
		insert into territory.zone_postcode (postcode, zone_id)
		select distinct given.postcode, given.id from jsonb_to_recordset(${pairs}::jsonb) as given (id text, postcode text)
		on conflict do nothing`);
}
