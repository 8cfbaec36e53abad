import type { Count, Voice } from '../model.ts';

type Candidate = Omit<Voice, 'votes'>;

/** The different lists of candidates of a file, and where each station's votes go. */
export interface Ballots {
	slates: Candidate[][];
	/** Different candidates, over all the slates. */
	candidates: number;
	/** The number of the slate of these voices, and their votes in its order. */
	place(voices: Voice[]): { slate: number; votes: number[] };
}

/**
 * Candidates are told once for all the stations where they are the same: a file of 70 000 stations with 40 lists is one
 * slate and arrays of numbers. The order of a file changes from station to station; that of a slate does not.
 */
export function ballotsOf(counts: Count[]): Ballots {
	const numbers = new Map<string, number>();
	const slates: Candidate[][] = [];
	const names = new Set<string>();
	const numberOf = (voices: Voice[]) => {
		const name = voices
			.map((voice) => `${voice.candidate}\u0001${voice.name}\u0001${voice.nuance}`)
			.join('\u0000');
		const known = numbers.get(name);
		if (known !== undefined) return known;
		for (const voice of voices) names.add(`${voice.candidate} ${voice.name}`);
		numbers.set(name, slates.length);
		slates.push(voices.map(({ candidate, name, nuance }) => ({ candidate, name, nuance })));
		return slates.length - 1;
	};
	const place = (voices: Voice[]) => {
		const ordered = voices.toSorted(byCandidate);
		return { slate: numberOf(ordered), votes: ordered.map(({ votes }) => votes) };
	};
	for (const { voices } of counts) place(voices);
	return { slates, candidates: names.size, place };
}

function byCandidate(a: Voice, b: Voice): number {
	const gap = Number(a.candidate) - Number(b.candidate);
	if (gap) return gap;
	return a.candidate < b.candidate ? -1 : Number(a.candidate > b.candidate);
}
