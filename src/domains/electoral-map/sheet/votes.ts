import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { StationKey, Voice } from '../model.ts';
import { oursIn } from '../pages/figures.ts';
import type { Said } from '../results/blocs.ts';
import { packed, packedKeys, unpacked, unpackedKeys } from '../store/packed.ts';
import { now } from '../store/sources.ts';

/** What is counted, over which communes. */
export interface Asked {
	elections: string[];
	communes: string[];
	labels: Said[];
}

/** A round over many stations: sums of what each counted. */
export interface Total {
	registered: number;
	voters: number;
	valid: number;
	/** Null when nobody was ours anywhere. */
	ours: number | null;
	/** How many communes are in it. */
	communes: number;
}

/** Sums of the rounds over these communes, by election: one division is for whoever asks. */
export async function totalsOf(tx: Tx, asked: Asked): Promise<Map<string, Total>> {
	const rows = await tx.many<Total & { election: string }>(sql`with ${await placed(tx, asked)}
		select held.election, sum(count.registered)::float8 as registered, sum(count.voters)::float8 as voters,
			sum(count.valid)::float8 as valid, sum(${ourVotes})::float8 as ours,
			count(distinct count.commune)::int as communes
		from ${counted(asked)} group by held.election`);
	return new Map(rows.map(({ election, ...total }) => [election, total]));
}

/** Our share at one round in every station of these communes; stations where nobody was ours are not told. */
export async function sharesOf(tx: Tx, asked: Asked): Promise<Shared> {
	const by = sql`count.key`;
	const row = await tx.one<{ keys: string | null; share: Buffer | null; registered: Buffer | null }>(
		sql`with ${await placed(tx, asked)} select ${packedKeys(by)} as keys,
			${packed(sql`${ourVotes}::float8 / count.valid`, by)} as share, ${packed(sql`count.registered`, by)} as registered
		from ${counted(asked)} and count.valid > 0 and cardinality(placed.places) > 0`,
	);
	return {
		keys: unpackedKeys(row?.keys ?? null),
		share: unpacked(row?.share ?? null),
		registered: unpacked(row?.registered ?? null),
	};
}

/** One figure per key, in the same order. */
interface Shared {
	keys: StationKey[];
	share: Float64Array;
	registered: Float64Array;
}

/** Votes of a station for those that are ours: null when nobody is. */
const ourVotes = sql`(select sum(count.votes[place]) from unnest(placed.places) as place)`;

const counted = ({ elections, communes }: Asked): Sql => sql`${now('results')} as held
	join electoral_map.count on count.source_id = held.id and count.commune = held.commune
	join placed on placed.source_id = count.source_id and placed.number = count.slate
	where held.election = any (${list(elections, 'text')}) and held.commune = any (${list(communes, 'text')})
		and position('_' in count.key) > 0`;

type Slate = { election: string; source: string; number: number; candidates: Omit<Voice, 'votes'>[] };

/** Which places of each slate are ours: told once for all the stations that voted on it. */
async function placed(tx: Tx, { elections, communes, labels }: Asked): Promise<Sql> {
	const slates =
		await tx.many<Slate>(sql`select used.election, used.source_id as source, used.slate as number, slate.candidates
		from (select distinct held.election, count.source_id, count.slate from ${now('results')} as held
			join electoral_map.count on count.source_id = held.id and count.commune = held.commune
			where held.election = any (${list(elections, 'text')}) and held.commune = any (${list(communes, 'text')})) as used
		join electoral_map.slate on slate.source_id = used.source_id and slate.number = used.slate`);
	const readings = new Map(elections.map((election) => [election, oursIn(labels, election)]));
	const places = slates.map(({ election, candidates }) =>
		candidates.flatMap((voice, at) => (readings.get(election)?.(voice) ? [at + 1] : [])),
	);
	return sql`placed as materialized (select source_id, number, places::int[] as places
		from unnest(${slates.map(({ source }) => source)}::uuid[], ${slates.map(({ number }) => number)}::int[],
			${places.map((one) => `{${one.join()}}`)}::text[]) as row (source_id, number, places))`;
}
