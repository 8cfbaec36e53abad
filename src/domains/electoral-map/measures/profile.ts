import { type Fraction, fractionOf, isSame } from './fraction.ts';

/** One line of the sheet of a station: a share, beside the same share of where it is. */
export interface ProfileInput {
	/** A theme of the catalogue. */
	theme: string;
	/** From 0 to 1; NaN when it may not be shown. */
	share: number;
	margin: number;
	/** The same over the commune. */
	reference: number;
	/** And over the unit around, when there is one. */
	wide?: number;
}

/**
 * The same, ready for the catalogue: `electoral-map.profile_<comparison>` with the words of the theme and both
 * fractions ("1 habitant sur 5 est retraité, 1 sur 8 dans la ville").
 */
export interface ProfileLine {
	theme: string;
	comparison: 'more' | 'less' | 'alike' | 'alone' | 'hidden';
	here: Fraction | null;
	there: Fraction | null;
	wide: Fraction | null;
}

/** A line in words; a gap smaller than what may be off is said "alike". */
export function profileLine({ theme, share, margin, reference, ...around }: ProfileInput): ProfileLine {
	const here = fractionOf(share);
	const there = fractionOf(reference);
	const wide = fractionOf(around.wide ?? Number.NaN);
	if (!here) return { theme, comparison: 'hidden', here: null, there: null, wide: null };
	if (!there) return { theme, comparison: 'alone', here, there: null, wide };
	const gap = share - reference;
	const alike = Math.abs(gap) <= margin || isSame(here, there);
	return { theme, comparison: alike ? 'alike' : gap > 0 ? 'more' : 'less', here, there, wide };
}

/** Lines of a station, what sets it apart most first: gaps are measured against what may be off. */
export function profileOf(inputs: ProfileInput[]): ProfileLine[] {
	const apart = ({ share, margin, reference }: ProfileInput) => {
		const gap = Math.abs(share - reference) / Math.max(margin, Number.EPSILON);
		return Number.isNaN(gap) ? -1 : gap;
	};
	return [...inputs].sort((a, b) => apart(b) - apart(a)).map(profileLine);
}
