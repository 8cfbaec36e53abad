import * as v from 'valibot';
import type { Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doAlone } from '../acting.ts';
import { ownLabels } from '../pages/loaded.ts';
import { type Family, families, familyIn } from '../results/blocs.ts';
import { now } from '../store/sources.ts';
import { asLoader, mustLoad } from './officer.ts';

/** A label of a round, its votes, and where it is placed. */
export interface Label {
	label: string;
	votes: number;
	/** As the organisation says, else as the house does; null when nobody placed it. */
	family: Family | null;
	/** As the house has it. */
	usual: Family | null;
	/** As it is when nothing is said of it at this very round: for all rounds, else by the house. */
	otherwise: Family | null;
}

const label = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const family = v.picklist(['', ...families], 'electoral-map.bloc_unknown');

export const BlocsForm = v.object({
	election: v.pipe(v.string(), v.maxLength(60)),
	label: v.pipe(v.array(label), v.maxLength(300)),
	bloc: v.pipe(v.array(family), v.maxLength(300)),
});

/** Labels of a round that is loaded, those with most votes first. Throws NotFound. */
export const labelsOf = (viewer: Viewer, election: string): Promise<Label[]> =>
	asLoader(viewer, async (tx) => {
		const found = await votesByLabel(tx, election);
		if (!found.length) throw notFound();
		const said = await ownLabels(tx);
		const usual = familyIn(election, []);
		const otherwise = familyIn(
			election,
			said.filter((one) => one.election !== election),
		);
		const family = familyIn(election, said);
		return found.map(({ label, votes, ...voice }) => {
			const asked = { ...voice, name: voice.nuance === null ? voice.name : '' };
			return {
				label,
				votes,
				usual: usual(asked),
				otherwise: otherwise(asked),
				family: family(asked),
			};
		});
	});

type Voted = { label: string; votes: number; nuance: string | null; name: string };

const votesByLabel = (tx: Tx, election: string): Promise<Voted[]> =>
	tx.many(sql`select coalesce(voice->>'nuance', voice->>'name') as label, sum(voted.votes)::float8 as votes,
			min(voice->>'nuance') as nuance, min(voice->>'name') as name
		from ${now('results')} as held join electoral_map.count on count.source_id = held.id and count.commune = held.commune
		join electoral_map.slate on slate.source_id = count.source_id and slate.number = count.slate
		cross join lateral unnest(count.votes) with ordinality as voted (votes, at)
		cross join lateral (select slate.candidates->(voted.at::int - 1) as voice) as voices
		where held.election = ${election} group by 1 order by 2 desc, 1 limit 300`);

/**
 * Keeps what the organisation says of the labels of a round; what it would be anyway is not kept. Everything that
 * counts by family reads it at each question: nothing else is to be made anew. Throws NotFound.
 */
export async function keepBlocs(
	viewer: Viewer,
	{ election, label, bloc }: v.InferOutput<typeof BlocsForm>,
): Promise<void> {
	const known = new Map((await labelsOf(viewer, election)).map((one) => [one.label, one]));
	const said = label.flatMap((text, at) => {
		const one = known.get(text);
		return one ? [{ ...one, bloc: bloc[at] || (one.usual ?? '') }] : [];
	});
	const own = said.filter((one) => one.bloc !== (one.otherwise ?? ''));
	const doing = {
		may: (tx: Tx) => mustLoad(tx, viewer),
		act: { act: 'electoral-map.blocs', subject: 'election', detail: { election, own: own.length } },
	};
	await doAlone(viewer, doing, async (tx) => {
		await tx.run(sql`delete from electoral_map.nuance where nuance.election = ${election}
			and nuance.label = any (${said.map((one) => one.label)}::text[])`);
		await tx.run(sql`insert into electoral_map.nuance (election, label, bloc)
			select ${election}, label, bloc from unnest(${own.map((one) => one.label)}::text[],
				${own.map((one) => one.bloc)}::text[]) as row (label, bloc) on conflict (election, label) do update set bloc = excluded.bloc`);
	});
}
