/** A share said in words: `parts` in `of`, or `parts`/`of` and less, or nearly all. */
export interface Fraction {
	parts: number;
	of: number;
	/** `none`: nobody. `under`: fewer than that. `over`: more than that. */
	sense: 'about' | 'none' | 'under' | 'over' | 'all';
}

const oneIn = [100, 50, 40, 30, 25, 20, 15, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((of) => ({ parts: 1, of }));
const tenths = [3, 4, 6, 7, 8, 9].map((parts) => ({ parts, of: 10 }));
const others = [
	{ parts: 2, of: 3 },
	{ parts: 3, of: 4 },
];
const known = [...oneIn, ...tenths, ...others].sort((a, b) => a.parts / a.of - b.parts / b.of);

/**
 * The nearest of a few fractions that everybody sees: "1 in 5", "3 in 10", "2 in 3". Two shares in one order are never
 * said in the other. Null for what is no share.
 */
export function fractionOf(share: number): Fraction | null {
	if (!(share >= 0 && share <= 1)) return null;
	if (share === 0) return { parts: 0, of: 1, sense: 'none' };
	if (share === 1) return { parts: 1, of: 1, sense: 'all' };
	if (share < 1 / 110) return { parts: 1, of: 100, sense: 'under' };
	if (share > 0.95) return { parts: 9, of: 10, sense: 'over' };
	const gap = ({ parts, of }: { parts: number; of: number }) => Math.abs(parts / of - share);
	const nearest = known.reduce((best, one) => (gap(one) < gap(best) ? one : best));
	return { ...nearest, sense: 'about' };
}

/** Two shares are said alike. */
export function isSame(a: Fraction, b: Fraction): boolean {
	return a.parts === b.parts && a.of === b.of && a.sense === b.sense;
}
