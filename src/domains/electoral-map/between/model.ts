import type { Voice } from '../model.ts';

/** What one person typed of one station, or what was settled of it. */
export interface Typed {
	registered: number;
	voters: number;
	blank: number;
	spoilt: number;
	/** In the order of the board. */
	votes: number[];
}

/** Somebody's entry; `by` is null once they are erased. */
export interface Entry extends Typed {
	by: string | null;
	byName: string;
	at: Date;
}

/** Where a station stands, from nobody to counted. `differs`: two entries, or more, that are not the same. */
export type Standing = 'none' | 'once' | 'differs' | 'agreed' | 'decided';

/** Counts entered by hand for one election on one ground. */
export interface Tally {
	id: string;
	election: string;
	unit_id: string;
	place: string;
	communes: string[];
	vintage: string;
	candidates: Omit<Voice, 'votes'>[];
	state: 'open' | 'closed' | 'withdrawn';
}

/** Two entries tell the same count. */
export const isSameCount = (a: Typed, b: Typed): boolean =>
	(['registered', 'voters', 'blank', 'spoilt'] as const).every((name) => a[name] === b[name]) &&
	a.votes.length === b.votes.length &&
	a.votes.every((votes, at) => votes === b.votes[at]);

/**
 * What one more entry makes of a station: counted when two different people typed the same, or when an officer who is
 * neither of the two decides; else it waits for another, or differs.
 */
export function standingAfter(
	others: Entry[],
	mine: Typed & { isOfficer: boolean; isFirst: boolean },
): Standing {
	if (others.some((entry) => isSameCount(entry, mine))) return 'agreed';
	if (mine.isFirst && mine.isOfficer && others.length > 1) return 'decided';
	return others.length ? 'differs' : 'once';
}
