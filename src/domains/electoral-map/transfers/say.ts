import { type Fraction, fractionOf, isSame } from '../measures/fraction.ts';
import type { Transfer } from './estimate.ts';

/** A transfer in words: about `middle`, between `low` and `high`, in tenths of the people of the row. */
export interface SaidTransfer {
	/** `range` when all three are said; `least` or `most` when one end is nearly all or nearly nobody; `alone` when the ends are said alike. */
	key: `electoral-map.transfers_${'range' | 'least' | 'most' | 'alone' | 'unknown'}`;
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
	return { key: `electoral-map.transfers_${endsOf(said)}`, ...said };
}

/** "More than 9 in 10, between 9 in 10 and more than 9 in 10" says one thing three times. */
function endsOf({ low, high }: Pick<SaidTransfer, 'low' | 'high'>) {
	if (isSame(low, high)) return 'alone';
	if (high.sense === 'over') return 'least';
	return low.sense === 'under' ? 'most' : 'range';
}

/** An estimate is never "nobody" nor "everybody". */
function fraction(share: number): Fraction {
	const bounded = Math.min(Math.max(share, 0.001), 0.999);
	return fractionOf(bounded) as Fraction;
}
