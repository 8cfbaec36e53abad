import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Count } from '../model.ts';
import { preparedFrom } from '../store/results.ts';
import { beginSource, switchTo } from '../store/sources.ts';
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
 * Makes the settled stations of a tally the current figures of their towns, in place of those made of it before. Rows of
 * a source never change: it is another one. Official figures of a town are never replaced.
 */
export async function putInPlace(tx: Tx, id: string): Promise<void> {
	const tally = await tx.one<Tally>(sql`select tally.election, tally.vintage, tally.candidates, tally.state
		from electoral_map.tally where tally.id = ${id}::uuid`);
	await tx.run(sql`delete from electoral_map.source where source.tally_id = ${id}::uuid`);
	if (!tally || tally.state === 'withdrawn') return;
	const official = new Set(await officialIn(tx, tally.election));
	const rows = await tx.many<
		Typed & { key: string; commune: string }
	>(sql`select key, commune, registered, voters, blank,
			spoilt, votes from electoral_map.tally_station
		where tally_station.tally_id = ${id}::uuid and tally_station.settled is not null order by key`);
	const counts = rows.filter(({ commune }) => !official.has(commune)).map((row) => countOf(row, tally));
	if (!counts.length) return;
	const made = preparedFrom(counts, { id: tally.election, vintage: tally.vintage });
	const source = newId();
	await beginSource(tx, { id: source, kind: 'results', byId: null, fileName: '', tallyId: id }, made);
	await made.write(tx, source, 0, made.rows);
	await switchTo(tx, source);
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
