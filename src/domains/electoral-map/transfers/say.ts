import { type Fraction, fractionOf, isSame } from '../measures/fraction.ts';
import type { Transfer } from './estimate.ts';

/** A transfer in words: about `middle`, between `low` and `high`, in tenths of the people of the row. */
export interface SaidTransfer {
	/** `range` when all three are said; `about` when the ends are said alike. */
	key: 'electoral-map.transfers_range' | 'electoral-map.transfers_about' | 'electoral-map.transfers_unknown';
	middle: Fraction;
	low: Fraction;
	high: Fraction;
}

// A range wider than this says that nothing is known.
const NOTHING_KNOWN = 0.5;

/** How a transfer is said; a percentage to the decimal would claim what nobody knows. */
export function sayTransfer({ share, low, high }: Transfer): SaidTransfer {
	const said = { middle: fraction(share), low: fraction(low), high: fraction(high) };
	if (high - low > NOTHING_KNOWN) return { key: 'electoral-map.transfers_unknown', ...said };
	const key = isSame(said.low, said.high) ? 'electoral-map.transfers_about' : 'electoral-map.transfers_range';
	return { key, ...said };
}

/** An estimate is never "nobody" nor "everybody". */
function fraction(share: number): Fraction {
	const bounded = Math.min(Math.max(share, 0.001), 0.999);
	return fractionOf(bounded) as Fraction;
}
