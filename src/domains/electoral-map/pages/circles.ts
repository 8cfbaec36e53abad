import type { RoundColumns } from '../measures/rounds.ts';
import { absentOf } from './from-rounds.ts';

/** What circles count: our votes, or the registered people who did not vote. */
export type Circles = 'ours' | 'absent';

/** Circles as addresses say them. */
export const circleNames: Record<Circles, string> = { ours: 'voix', absent: 'abstentions' };

/** The number that each circle shows, in the order of stations. */
export const counted = (circles: Circles, columns: RoundColumns): Float64Array =>
	circles === 'ours' ? columns.ours : absentOf(columns);

/** How wide circles are: areas are as the numbers they show. */
export interface CircleScale {
	radius(n: number): number;
	/** Three numbers to show in a legend, the largest first. */
	sizes: number[];
}

const WIDEST = 60;

/** Circles that all stations of a picture bear without hiding one another: the largest has half the room of a mean one. */
export function scaleOf(
	numbers: number[],
	{ width, height }: { width: number; height: number },
): CircleScale {
	const largest = Math.max(...numbers, 1);
	const most = Math.min(0.4 * Math.sqrt((width * height) / Math.max(numbers.length, 1)), WIDEST);
	return {
		radius: (n) => most * Math.sqrt(n / largest),
		sizes: [...new Set([1, 3, 12].map((part) => rounded(largest / part)))].filter((n) => n > 0),
	};
}

/** 1, 2 or 5 and zeros, never above. */
function rounded(n: number): number {
	const tens = 10 ** Math.floor(Math.log10(n));
	const step = [5, 2, 1].find((one) => one * tens <= n) ?? 1;
	return Math.floor(step * tens);
}
