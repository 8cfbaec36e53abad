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

/** Which election and outlines are laid on one another. */
export interface AskedJoin {
	election: string;
	vintage?: string | undefined;
	commune?: string | undefined;
	/** Only what this source of results tells. */
	source?: string | undefined;
}

/**
 * Results laid on outlines, in the departments that have some: those of the vintage said, else those that the election
 * was counted on, else the last ones not later than it. Never those where most numbers meet: a number stays when its
 * ground changes. Null when there are no outlines.
 */
export async function joinOfElection(tx: Tx, asked: AskedJoin): Promise<Join | null> {
	const { election, vintage } = asked;
	for (const one of vintage ? [vintage] : await vintagesFor(tx, election)) {
		const join = await layOn(tx, asked, one);
		if (join.stations > 0) return join;
	}
	return null;
}

async function vintagesFor(tx: Tx, id: string): Promise<string[]> {
	const about = await tx.one<{ vintage: string | null; year: number | null }>(
		sql`select vintage, year from electoral_map.election where election.id = ${id}`,
	);
	const rows = await tx.many<{ vintage: string }>(sql`select distinct source.vintage from electoral_map.source
		where source.state = 'current' and source.kind in ('outlines', 'addresses') order by 1`);
	const known = rows.map(({ vintage }) => vintage);
	const year = String(about?.year ?? '');
	const before = known.filter((vintage) => vintage.slice(0, 4) <= year).toReversed();
	return [...new Set([...known.filter((vintage) => vintage === about?.vintage), ...before, ...known])];
}

async function layOn(tx: Tx, { election, commune, source }: AskedJoin, vintage: string): Promise<Join> {
	const rows = await tx.many<{ key: string; registered: number; joined: boolean }>(sql`
		with ground as materialized ${ground(vintage)},
		departments as (select distinct left(ground.commune, 2) as code from ground)
		select count.key, count.registered, ground.key is not null as joined
		from ${now('results')} as held join electoral_map.count on count.source_id = held.id and count.commune = held.commune
		left join ground on ground.key = count.key
		where held.election = ${election} and left(count.commune, 2) in (select code from departments)
			and position('_' in count.key) > 0 and ${commune ? sql`count.commune = ${commune}` : sql`true`}
			and ${source ? sql`held.id = ${source}::uuid` : sql`true`}
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
