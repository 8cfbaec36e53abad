import { invalidField } from '#platform/errors.ts';
import type { Count } from '../model.ts';
import { type TransferOptions, type Transfers, transfersOf } from './estimate.ts';

// A few lists are nobody's; under this share of the votes they stand among the others anyway.
const FEW_VOTES = 0.03;

/**
 * Transfers over a ground where candidates may change from town to town: where one number on the board is several names,
 * people are told apart by their label. Nothing but data goes in, so that a thread can do it. Refused when a round has
 * no labels there: names of one place would be columns that most people could not choose.
 */
export async function transfersByLabel(
	first: Count[],
	second: Count[],
	options: TransferOptions = {},
): Promise<Transfers> {
	const rounds = [first, second];
	if (rounds.every(isOneBallot)) return transfersOf(first, second, options);
	if (!rounds.every(hasLabels)) throw invalidField('stations', 'electoral-map.transfers_no_labels');
	return transfersOf(first, second, { ...options, choice: ({ nuance, name }) => nuance ?? name });
}

function hasLabels(counts: Count[]): boolean {
	const voices = counts.flatMap((count) => count.voices);
	const sum = (some: typeof voices) => some.reduce((all, { votes }) => all + votes, 0);
	return sum(voices.filter(({ nuance }) => !nuance)) <= sum(voices) * FEW_VOTES;
}

/** Everybody could choose the same names: one number is one name, and who has votes stands nearly everywhere. */
const isOneBallot = (counts: Count[]) => hasOneSlate(counts) && standEverywhere(counts);

// Small stations of some files do not list those who got no vote there.
const FEW_VOTERS = 0.1;

function standEverywhere(counts: Count[]): boolean {
	const [votes, where] = [new Map<string, number>(), new Map<string, number>()];
	const add = (sums: Map<string, number>, name: string, n: number) =>
		sums.set(name, (sums.get(name) ?? 0) + n);
	for (const { registered, voices } of counts)
		for (const voice of voices) {
			add(votes, voice.candidate, voice.votes);
			add(where, voice.candidate, registered);
		}
	const all = counts.reduce((sum, { registered }) => sum + registered, 0);
	const valid = [...votes.values()].reduce((sum, n) => sum + n, 0);
	return [...votes].every(
		([name, n]) => n < valid * FEW_VOTES || (where.get(name) ?? 0) >= all * (1 - FEW_VOTERS),
	);
}

function hasOneSlate(counts: Count[]): boolean {
	const names = new Map<string, string>();
	return counts.every(({ voices }) =>
		voices.every(({ candidate, name }) => {
			if (!names.has(candidate)) names.set(candidate, name);
			return names.get(candidate) === name;
		}),
	);
}
