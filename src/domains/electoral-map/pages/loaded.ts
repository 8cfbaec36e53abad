import type { MultiPolygon } from 'geojson';
import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { Count, StationKey, Voice } from '../model.ts';
import type { Said } from '../results/blocs.ts';
import { drawnNow, readStations } from '../store/outlines.ts';
import { votingPlaceAt } from '../store/places.ts';
import { now } from '../store/sources.ts';
import { tablesNow } from '../store/weights.ts';
import type { Mark } from './lines.ts';

/** A round that was loaded, for at least one of the communes looked at. */
export interface Election {
	id: string;
	year: number | null;
	kind: string | null;
	round: number | null;
	/** Of the outlines that its stations were counted on; empty when nobody said it. */
	vintage: string;
	/** Typed station by station, in part or in whole: the official figures will replace them. */
	provisional?: boolean;
}

/** Where a round stands in its year: files tell the year alone, and within one these always came in this order. */
const inItsYear = sql`array_position(array['muni', 'cant', 'dpmt', 'pres', 'euro', 'legi', 'regi'], election.kind)`;

/** Rounds loaded for these communes, the latest first. */
export const electionsIn = (tx: Tx, communes: string[]): Promise<Election[]> =>
	tx.many(sql`select election.id, election.year, election.kind, election.round,
			coalesce(election.vintage, '') as vintage, bool_or(source.tally_id is not null) as provisional
		from ${now('results')} as held join electoral_map.election on election.id = held.election
		join electoral_map.source on source.id = held.id
		where held.commune = any (${list(communes, 'text')})
		group by election.id
		order by election.year desc nulls last, election.date desc nulls last, ${inItsYear} desc nulls last,
			election.round desc, election.id`);

/** Those of these communes where some round was counted. */
export async function countedIn(tx: Tx, communes: string[]): Promise<Set<string>> {
	const rows = await tx.many<{ commune: string }>(sql`select distinct cover.commune
		from electoral_map.source join electoral_map.cover on cover.source_id = source.id
		where source.kind = 'results' and source.state = 'current' and cover.commune = any (${list(communes, 'text')})`);
	return new Set(rows.map(({ commune }) => commune));
}

type CountRow = Omit<Count, 'voices'> & {
	election: string;
	votes: number[];
	candidates: Omit<Voice, 'votes'>[];
};

/** What the stations of these communes counted, round by round. */
export async function countsIn(
	tx: Tx,
	elections: string[],
	communes: string[],
): Promise<Map<string, Count[]>> {
	const rows =
		await tx.many<CountRow>(sql`select held.election, count.key, count.registered, count.voters, count.blank,
			count.spoilt, count.valid, count.votes, slate.candidates
		from ${now('results')} as held join electoral_map.count on count.source_id = held.id and count.commune = held.commune
		join electoral_map.slate on slate.source_id = count.source_id and slate.number = count.slate
		where held.election = any (${list(elections, 'text')}) and held.commune = any (${list(communes, 'text')})
			and position('_' in count.key) > 0 order by count.key`);
	const counts = rows.map(({ election, votes, candidates, ...count }) => ({
		election,
		count: { ...count, voices: candidates.map((one, at) => ({ ...one, votes: votes[at] ?? 0 })) },
	}));
	const found = Map.groupBy(counts, ({ election }) => election);
	return new Map([...found].map(([election, all]) => [election, all.map(({ count }) => count)]));
}

/** What the organisation says of labels of candidates, for all elections or for one. */
export const ownLabels = (tx: Tx): Promise<Said[]> =>
	tx.many(sql`select nuance.election, nuance.label, nuance.bloc from electoral_map.nuance`);

/** The stations that voted in these communes. */
export async function keysIn(tx: Tx, election: string, communes: string[]): Promise<StationKey[]> {
	const rows = await tx.many<{ key: StationKey }>(sql`select count.key from ${now('results')} as held
		join electoral_map.count on count.source_id = held.id and count.commune = held.commune
		where held.election = ${election} and held.commune = any (${list(communes, 'text')})
			and position('_' in count.key) > 0 order by 1`);
	return rows.map(({ key }) => key);
}

/** Vintages of outlines that these communes have, the latest first. */
export async function vintagesIn(tx: Tx, communes: string[]): Promise<string[]> {
	const rows = await tx.many<{
		vintage: string;
	}>(sql`select distinct held.vintage from ${drawnNow} as held
		where held.commune = any (${list(communes, 'text')}) order by 1 desc`);
	return rows.map(({ vintage }) => vintage);
}

/** Outlines of that vintage, by station. */
export async function outlinesIn(
	tx: Tx,
	vintage: string,
	communes: string[],
): Promise<Map<StationKey, MultiPolygon | null>> {
	const held = await tx.many<{ id: string; commune: string }>(sql`select held.id, held.commune
		from ${drawnNow} as held where held.vintage = ${vintage} and held.commune = any (${list(communes, 'text')})`);
	const found = new Map<StationKey, MultiPolygon | null>();
	for (const [id, rows] of Map.groupBy(held, (row) => row.id))
		for (const { key, outline } of await readStations(
			tx,
			id,
			rows.map(({ commune }) => commune),
		))
			found.set(key, outline);
	return found;
}

/** Names of the places where one votes, by station. */
export async function votingPlaces(tx: Tx, communes: string[]): Promise<Map<StationKey, string>> {
	const rows = await tx.many<{ key: string; name: string }>(sql`select known.key, told.name
		from (select distinct voting_place.key from electoral_map.voting_place
			where voting_place.commune = any (${list(communes, 'text')})) as known
		cross join ${votingPlaceAt(sql`known.key`)} as told`);
	return new Map(rows.map(({ key, name }) => [key, name]));
}

/** A base of figures shared out among the stations of a vintage, and the communes where it is. */
export interface Base {
	base: string;
	table: string;
	year: number | null;
	columns: string[];
	communes: string[];
}

/** Bases that answer for these communes, in the order in which they are asked. */
export const basesIn = (tx: Tx, vintage: string, communes: string[]): Promise<Base[]> =>
	tx.many(sql`select estimated.base_id as base, tables.id as table, source.columns,
			substring(source.vintage from '^\\d{4}$')::int as year, array_agg(estimated.commune) as communes
		from electoral_map.estimated join ${tablesNow} as tables on tables.id = estimated.table_id
		join electoral_map.source on source.id = estimated.base_id
		where source.state = 'current' and tables.vintage = ${vintage} and estimated.joined > 0
			and estimated.commune = any (${list(communes, 'text')})
		group by 1, 2, 3, 4, source.current_at, tables.is_given, tables.ground_at, tables.iris_at
		order by source.current_at desc, tables.is_given desc, tables.ground_at desc, tables.iris_at desc`);

/** How far the estimates of each station can be believed, by that base. */
export async function marksIn(tx: Tx, { base, table, communes }: Base): Promise<Map<StationKey, Mark>> {
	const rows = await tx.many<{
		key: string;
		mark: Mark;
	}>(sql`select estimate.key, estimate.mark from electoral_map.estimate
		where estimate.base_id = ${base}::uuid and estimate.table_id = ${table}::uuid
			and estimate.commune = any (${list(communes, 'text')})`);
	return new Map(rows.map(({ key, mark }) => [key, mark]));
}
