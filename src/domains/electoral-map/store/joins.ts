import type { Tx } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { now } from './sources.ts';

/** How many of what a file counts find their ground. */
export interface Join {
	/** Of the outlines; empty when there are none. */
	vintage: string;
	stations: number;
	joined: number;
	/** Those without ground, the largest first: twenty at most. */
	unmatched: { key: string; registered: number }[];
	/** Registered voters of all those without ground. */
	registered: number;
}

/** Stations drawn, or known by addresses. */
const ground = (
	vintage: string,
): Sql => sql`(select station.key, station.commune from ${now('outlines')} as held
		join electoral_map.station on station.source_id = held.id and station.commune = held.commune
		where held.vintage = ${vintage}
	union select address.key, address.commune from ${now('addresses')} as held
		join electoral_map.address on address.source_id = held.id and address.commune = held.commune
		where held.vintage = ${vintage})`;

/** Which election and outlines are laid on one another; the outlines that fit best when none is said. */
export interface AskedJoin {
	election: string;
	vintage?: string | undefined;
	commune?: string | undefined;
}

/** Results laid on outlines, in the departments that have some. Null when there are no outlines. */
export async function joinOfElection(
	tx: Tx,
	{ election, vintage, commune }: AskedJoin,
): Promise<Join | null> {
	const known = vintage ? [vintage] : await vintages(tx);
	const joins: Join[] = [];
	for (const one of known) joins.push(await layOn(tx, election, one, commune));
	return joins.filter(({ stations }) => stations > 0).toSorted((a, b) => b.joined - a.joined)[0] ?? null;
}

async function vintages(tx: Tx): Promise<string[]> {
	const rows = await tx.many<{ vintage: string }>(sql`select distinct source.vintage from electoral_map.source
		where source.state = 'current' and source.kind in ('outlines', 'addresses') order by 1 desc`);
	return rows.map(({ vintage }) => vintage);
}

async function layOn(tx: Tx, election: string, vintage: string, commune?: string): Promise<Join> {
	const rows = await tx.many<{ key: string; registered: number; joined: boolean }>(sql`
		with ground as materialized ${ground(vintage)},
		departments as (select distinct left(ground.commune, 2) as code from ground)
		select count.key, count.registered, ground.key is not null as joined
		from ${now('results')} as held join electoral_map.count on count.source_id = held.id and count.commune = held.commune
		left join ground on ground.key = count.key
		where held.election = ${election} and left(count.commune, 2) in (select code from departments)
			and position('_' in count.key) > 0 and ${commune ? sql`count.commune = ${commune}` : sql`true`}
		order by count.registered desc, count.key`);
	const alone = rows.filter(({ joined }) => !joined);
	return {
		vintage,
		stations: rows.length,
		joined: rows.length - alone.length,
		unmatched: alone.slice(0, 20).map(({ key, registered }) => ({ key, registered })),
		registered: alone.reduce((sum, { registered }) => sum + registered, 0),
	};
}

/** Figures laid on the outlines of IRIS; null when there are none. */
export async function joinOfBase(tx: Tx, id: string): Promise<Join | null> {
	const found = await tx.one<{ areas: number; joined: number; drawn: number }>(sql`
		with drawn as materialized (select distinct iris.iris from ${now('iris')} as held
			join electoral_map.iris on iris.source_id = held.id and iris.commune = held.commune)
		select count(*)::int as areas, count(drawn.iris)::int as joined, (select count(*)::int from drawn) as drawn
		from electoral_map.census_row left join drawn on drawn.iris = census_row.iris
		where census_row.source_id = ${id}::uuid`);
	if (!found?.drawn) return null;
	return { vintage: '', stations: found.areas, joined: found.joined, unmatched: [], registered: 0 };
}
