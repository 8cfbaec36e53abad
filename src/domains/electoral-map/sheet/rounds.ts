import type { Tx } from '#platform/db.ts';
import type { Count, StationKey } from '../model.ts';
import { oursIn } from '../pages/figures.ts';
import { countsIn, type Election, electionsIn } from '../pages/loaded.ts';
import { type Family, familyIn, type Said } from '../results/blocs.ts';
import { type Ground, groundsSince } from './redrawn.ts';
import { type Total, totalsOf } from './votes.ts';

/** A share here, in the commune and over the unit it is set beside; from 0 to 1, null when nobody can say. */
export interface Beside {
	here: number | null;
	there: number | null;
	wide: number | null;
}

/** Somebody one could vote for. */
export interface Candidate {
	name: string;
	nuance: string | null;
	/** As the organisation says, else as the house does. */
	family: Family | null;
	/** Of the valid votes. */
	share: number;
}

/** A round as one station, its commune and the unit around lived it. */
export interface Round {
	election: Omit<Election, 'vintage'>;
	registered: number;
	abstention: Beside;
	ours: Beside;
	/** Those with most votes here, the first ones. */
	candidates: Candidate[];
	/** What became of the station's ground since. */
	ground: Ground;
}

/** A station, its commune, and the communes of the unit it is set beside. */
export interface Where {
	key: StationKey;
	code: string;
	vintage: string;
	wide: string[];
	labels: Said[];
}

const MOST_ROUNDS = 10;
const MOST_CANDIDATES = 5;

/** The last rounds of a station, the latest first. */
export async function roundsAt(tx: Tx, { key, code, vintage, wide, labels }: Where): Promise<Round[]> {
	const found = (await electionsIn(tx, [code])).slice(0, MOST_ROUNDS);
	const elections = found.map(({ id }) => id);
	const counts = await countsIn(tx, elections, [code]);
	const around = await totalsOf(tx, { elections, communes: wide, labels });
	const grounds = await groundsSince(
		tx,
		{ key, code, vintage },
		found.map((election) => election.vintage),
	);
	return found.flatMap(({ vintage: counted, ...election }) => {
		const all = counts.get(election.id) ?? [];
		const here = all.find((count) => count.key === key);
		if (!here) return [];
		const isOurs = oursIn(labels, election.id);
		const [own, town] = [totalOf([here], isOurs), totalOf(all, isOurs)];
		// Of one commune alone it would be the commune again.
		const total = around.get(election.id);
		const beside = (share: (one: Total) => number | null): Beside => ({
			here: share(own),
			there: share(town),
			wide: total && total.communes > 1 ? share(total) : null,
		});
		return [
			{
				election,
				registered: here.registered,
				abstention: beside((one) => ratio(one.registered - one.voters, one.registered)),
				ours: beside((one) => (one.ours === null ? null : ratio(one.ours, one.valid))),
				candidates: candidatesOf(here, familyIn(election.id, labels)),
				ground: grounds.get(counted) ?? 'unsure',
			},
		];
	});
}

const ratio = (above: number, below: number) => (below > 0 ? above / below : null);

/** Sums of votes first; divisions after. */
function totalOf(counts: Count[], isOurs: ReturnType<typeof oursIn>): Total {
	const sum = (figure: (count: Count) => number) => counts.reduce((all, count) => all + figure(count), 0);
	const ours = counts.flatMap(({ voices }) => voices.filter(isOurs));
	return {
		registered: sum(({ registered }) => registered),
		voters: sum(({ voters }) => voters),
		valid: sum(({ valid }) => valid),
		ours: ours.length ? ours.reduce((all, { votes }) => all + votes, 0) : null,
		communes: 1,
	};
}

const candidatesOf = ({ voices, valid }: Count, familyOf: ReturnType<typeof familyIn>): Candidate[] =>
	voices
		.filter(({ votes }) => votes > 0 && valid > 0)
		.toSorted((a, b) => b.votes - a.votes)
		.slice(0, MOST_CANDIDATES)
		.map((voice) => ({
			name: voice.name,
			nuance: voice.nuance,
			family: familyOf(voice),
			share: voice.votes / valid,
		}));
