import type { ThemeName } from '../census/columns.ts';
import { ahead, type Column, type Ranks, ranksIn, territoryMean } from './ranks.ts';

/** What a person may ask of stations besides the themes of the census. */
export type Asked =
	| ThemeName
	| 'abstention'
	| 'our_share'
	| 'falling'
	| 'volatile'
	| 'reserve'
	| 'per_doors'
	| 'surprise';

/** A criterion in words: `electoral-map.criterion_<asked>_<toward>` ("beaucoup de retraités"). */
export interface Criterion {
	asked: Asked;
	/** The end that is looked for. */
	toward: 'high' | 'low';
	/** How much it counts beside the others; above 0. */
	weight: number;
}

/** What people prepare, and the two criteria chosen for them until they change them. */
export const goals = {
	door_to_door: [
		{ asked: 'abstention', toward: 'high', weight: 1 },
		{ asked: 'our_share', toward: 'high', weight: 1 },
	],
	leaflets: [
		{ asked: 'falling', toward: 'high', weight: 1 },
		{ asked: 'volatile', toward: 'high', weight: 1 },
	],
	meeting: [
		{ asked: 'our_share', toward: 'high', weight: 1 },
		{ asked: 'retired', toward: 'high', weight: 1 },
	],
} satisfies Record<string, [Criterion, Criterion]>;

export type Goal = keyof typeof goals;

/** A criterion and its figures. */
export interface AskedColumn extends Criterion {
	column: Column;
}

/** Why a station is where it is in the list, for one criterion. */
export interface Reason {
	asked: Asked;
	toward: Criterion['toward'];
	value: number;
	/** From 1, the best for this criterion. */
	rank: number;
	mean: number;
	/** What may be off on each side; null for what was counted and not estimated. */
	margin: number | null;
}

export interface RankedStation {
	/** Its place in the columns. */
	station: number;
	/** From 1; stations that come out equal share it. */
	rank: number;
	/** From 0 to 1. */
	score: number;
	reasons: Reason[];
}

/** The answer to a query. */
export interface Crossed {
	/** The first ones, best first; equal ones in the order of stations. */
	list: RankedStation[];
	/** Of every station: 0 for those that are not ranked. */
	ranks: Int32Array;
	ranked: number;
	/** Inside, but without a figure that may be shown for one of the criteria. */
	withheld: number;
}

/**
 * Ranks the stations `inside` by the weighted sum of their ranks on each criterion: ranks and not distances, so that
 * the reason can be told. A station that lacks one of the figures is not ranked.
 */
export function crossCriteria(criteria: AskedColumn[], inside: Uint8Array, most: number): Crossed {
	const known = knownIn(criteria, inside);
	const ranks = criteria.map(({ column }) => ranksIn(column, known.mask));
	const scores = scoresOf(criteria, ranks, known.mask);
	const order = orderOf(scores, known.mask, known.ranked);
	const places = placesOf(order, scores);
	const means = criteria.map(({ column }) => territoryMean(column, known.mask));
	const list = Array.from(order.subarray(0, most), (station) => ({
		station,
		rank: places[station] as number,
		score: scores[station] as number,
		reasons: criteria.map((criterion, at) =>
			reasonFor(criterion, station, ranks[at] as Ranks, means[at] as number),
		),
	}));
	return { list, ranks: places, ranked: known.ranked, withheld: known.withheld };
}

function knownIn(criteria: AskedColumn[], inside: Uint8Array) {
	const mask = inside.slice();
	for (const { column } of criteria)
		for (let at = 0; at < mask.length; at++) if (Number.isNaN(column.values[at])) mask[at] = 0;
	const all = sizeOf(inside);
	const ranked = sizeOf(mask);
	return { mask, ranked, withheld: all - ranked };
}

function sizeOf(mask: Uint8Array): number {
	let size = 0;
	for (let at = 0; at < mask.length; at++) size += mask[at] as number;
	return size;
}

function scoresOf(criteria: AskedColumn[], ranks: Ranks[], mask: Uint8Array): Float64Array {
	const scores = new Float64Array(mask.length);
	const all = criteria.reduce((sum, { weight }) => sum + weight, 0);
	for (const [n, { toward, weight }] of criteria.entries()) {
		const column = (ranks[n] as Ranks).middle;
		for (let at = 0; at < mask.length; at++) {
			if (!mask[at]) continue;
			const rank = toward === 'high' ? (column[at] as number) : 1 - (column[at] as number);
			scores[at] = (scores[at] as number) + (rank * weight) / all;
		}
	}
	// Sums of decimals differ in their last digits with the order of criteria: equal must stay equal.
	for (let at = 0; at < mask.length; at++) scores[at] = Math.round((scores[at] as number) * FINE) / FINE;
	return scores;
}

const FINE = 2 ** 30;
const HALF = 2 ** 15;

/** Best first, equal ones in the order of stations: two passes over half of the digits each, no comparison. */
function orderOf(scores: Float64Array, mask: Uint8Array, ranked: number): Int32Array {
	const stations = new Int32Array(ranked);
	const behind = new Int32Array(scores.length);
	let next = 0;
	for (let at = 0; at < mask.length; at++) {
		if (!mask[at]) continue;
		stations[next++] = at;
		behind[at] = FINE - (scores[at] as number) * FINE;
	}
	const byLow = sortBy(stations, (station) => (behind[station] as number) % HALF);
	return sortBy(byLow, (station) => Math.floor((behind[station] as number) / HALF));
}

/** Keeps the order of stations whose digit is the same; a digit goes from 0 to HALF, included. */
function sortBy(stations: Int32Array, digitOf: (station: number) => number): Int32Array {
	const starts = new Int32Array(HALF + 2);
	for (let at = 0; at < stations.length; at++) {
		const digit = digitOf(stations[at] as number);
		starts[digit + 1] = (starts[digit + 1] as number) + 1;
	}
	for (let digit = 0; digit <= HALF; digit++)
		starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
	const sorted = new Int32Array(stations.length);
	for (let at = 0; at < stations.length; at++) {
		const digit = digitOf(stations[at] as number);
		const place = starts[digit] as number;
		sorted[place] = stations[at] as number;
		starts[digit] = place + 1;
	}
	return sorted;
}

function placesOf(order: Int32Array, scores: Float64Array): Int32Array {
	const places = new Int32Array(scores.length);
	for (let at = 0; at < order.length; at++) {
		const station = order[at] as number;
		const before = order[at - 1];
		const isEqual = before !== undefined && scores[before] === scores[station];
		places[station] = isEqual ? (places[before] as number) : at + 1;
	}
	return places;
}

function reasonFor(criterion: AskedColumn, station: number, { sorted }: Ranks, mean: number): Reason {
	const { asked, toward, column } = criterion;
	const value = column.values[station] as number;
	return {
		asked,
		toward,
		value,
		rank: 1 + ahead(sorted, value, toward),
		mean,
		margin: column.margin ? (column.margin[station] as number) : null,
	};
}
