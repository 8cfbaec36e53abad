import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { Voice } from '../model.ts';
import { now } from '../store/sources.ts';

/** What a commune counted, all its stations together; votes for us are null where nobody of ours stood. */
export interface CommuneSum {
	election: string;
	key: string;
	registered: number;
	voters: number;
	valid: number;
	ours: number | null;
}

/** Who is asked whether a candidate is ours, at that election. */
type Ours = (election: string) => (voice: Pick<Voice, 'nuance' | 'name'>) => boolean;

const heldIn = (elections: string[], communes: string[]): Sql => sql`(select * from ${now('results')} as held
	where held.election = any (${list(elections, 'text')}) and held.commune = any (${list(communes, 'text')}))`;

/** What these communes counted, round by round: the sums are made where the votes are, of the candidates that are ours. */
export async function sumsIn(
	tx: Tx,
	elections: string[],
	communes: string[],
	oursAt: Ours,
): Promise<CommuneSum[]> {
	const own = await ownPlaces(tx, heldIn(elections, communes), oursAt);
	return tx.many(sql`with own as (select * from unnest(${own.map(({ source }) => source)}::uuid[],
			${own.map(({ number }) => number)}::int[], ${own.map(({ places }) => `{${places}}`)}::text[])
			as own (source_id, number, places))
		select held.election, count.commune as key, sum(count.registered)::int as registered,
			sum(count.voters)::int as voters, sum(count.valid)::int as valid,
			sum((select sum(count.votes[place]) from unnest(own.places::int[]) as place))::int as ours
		from ${heldIn(elections, communes)} as held
		join electoral_map.count on count.source_id = held.id and count.commune = held.commune
		left join own on own.source_id = count.source_id and own.number = count.slate
		where position('_' in count.key) > 0 group by 1, 2 order by 1, 2`);
}

type Slate = { source: string; number: number; election: string; candidates: Omit<Voice, 'votes'>[] };

/** Where ours stand on each list of candidates; lists without any are left out. */
async function ownPlaces(tx: Tx, held: Sql, oursAt: Ours) {
	const slates =
		await tx.many<Slate>(sql`select slate.source_id as source, slate.number, source.election, slate.candidates
		from electoral_map.slate join electoral_map.source on source.id = slate.source_id
		where slate.source_id in (select held.id from ${held} as held)`);
	return slates.flatMap(({ source, number, election, candidates }) => {
		const isOurs = oursAt(election);
		const places = candidates.flatMap((one, at) => (isOurs(one) ? [at + 1] : []));
		return places.length ? [{ source, number, places }] : [];
	});
}
