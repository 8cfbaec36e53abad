import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { Count } from '../model.ts';
import { preparedFrom } from '../store/results.ts';
import { holdSwitches, layAtOnce } from '../store/sources.ts';
import type { Tally, Typed } from './model.ts';

/** Communes whose official figures of an election are in place: what was typed there counts no more. */
export const officialIn = async (tx: Tx, election: string): Promise<string[]> =>
	(
		await tx.many<{ commune: string }>(sql`select distinct cover.commune from electoral_map.source
			join electoral_map.cover on cover.source_id = source.id
			where source.kind = 'results' and source.state = 'current' and source.election = ${election}
				and source.tally_id is null`)
	).map(({ commune }) => commune);

/**
 * Brings the version made of a tally to the stations settled in it: only what differs is written, in this transaction, so
 * that the last station of an evening costs what the first did and nobody reads half of one. Official figures of a town
 * are never replaced.
 */
export async function putInPlace(tx: Tx, id: string): Promise<void> {
	// Official figures put in place at this very instant would not be seen.
	await holdSwitches(tx);
	const tally = await tx.one<Tally>(sql`select tally.election, tally.vintage, tally.candidates, tally.state
		from electoral_map.tally where tally.id = ${id}::uuid`);
	// A version that official figures put in the past is of no more use.
	await tx.run(sql`delete from electoral_map.source where source.tally_id = ${id}::uuid
		and (source.state <> 'current' or ${tally?.state === 'withdrawn'})`);
	if (!tally || tally.state === 'withdrawn') return;
	const official = await officialIn(tx, tally.election);
	const version = await tx.one<{ id: string }>(
		sql`select source.id from electoral_map.source where source.tally_id = ${id}::uuid`,
	);
	if (version) await bringUp(tx, { id, version: version.id, official });
	else await begin(tx, id, tally, official);
}

/** The first version: from then on its rows follow. */
async function begin(tx: Tx, id: string, tally: Tally, official: string[]): Promise<void> {
	const rows = await tx.many<
		Typed & { key: string }
	>(sql`select key, registered, voters, blank, spoilt, votes from electoral_map.tally_station
		where ${settledOf(id, official)} order by key`);
	if (!rows.length) return;
	const made = preparedFrom(
		rows.map((row) => countOf(row, tally)),
		{ id: tally.election, vintage: tally.vintage },
	);
	await layAtOnce(tx, { kind: 'results', byId: null, fileName: '', tallyId: id }, made);
}

const settledOf = (id: string, official: string[]): Sql => sql`tally_station.tally_id = ${id}::uuid
	and tally_station.settled is not null and tally_station.commune <> all (${list(official, 'text')})`;

type Version = { id: string; version: string; official: string[] };

/** Every station has the lists of the tally, in its order: the one slate that `begin` wrote. */
async function bringUp(tx: Tx, { id, version, official }: Version): Promise<void> {
	const ours = sql`count.source_id = ${version}::uuid`;
	await tx.run(sql`delete from electoral_map.count where ${ours} and not exists (select from electoral_map.tally_station
		where ${settledOf(id, official)} and tally_station.key = count.key)`);
	await tx.run(sql`insert into electoral_map.count
			(source_id, key, commune, registered, voters, blank, spoilt, valid, slate, votes)
		select ${version}::uuid, key, commune, registered, voters, blank, spoilt, voters - blank - spoilt, 0, votes
		from electoral_map.tally_station where ${settledOf(id, official)} and not exists (select from electoral_map.count
			where ${ours} and count.key = tally_station.key)`);
	await tx.run(sql`delete from electoral_map.cover where cover.source_id = ${version}::uuid
		and not exists (select from electoral_map.count where ${ours} and count.commune = cover.commune)`);
	await tx.run(sql`insert into electoral_map.cover (source_id, commune)
		select ${version}::uuid, count.commune from electoral_map.count where ${ours}
		except select cover.source_id, cover.commune from electoral_map.cover where cover.source_id = ${version}::uuid`);
	await tx.run(sql`update electoral_map.source set revised_at = clock_timestamp(), counts = source.counts || (
			select jsonb_build_object('stations', count(*), 'registered', sum(registered), 'voters', sum(voters))
			from electoral_map.count where ${ours})
		where source.id = ${version}::uuid`);
	await tx.run(sql`delete from electoral_map.source where source.id = ${version}::uuid
		and not exists (select from electoral_map.count where ${ours})`);
}

const countOf = (
	{ key, registered, voters, blank, spoilt, votes }: Typed & { key: string },
	{ candidates }: Tally,
): Count => ({
	key,
	registered,
	voters,
	blank,
	spoilt,
	valid: voters - blank - spoilt,
	voices: candidates.map((one, at) => ({ ...one, votes: votes[at] ?? 0 })),
});
