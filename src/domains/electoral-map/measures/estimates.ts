import type { Joined } from './joined.ts';

/** A count per station, estimated: never a figure of INSEE's about the station. */
export interface CountEstimate {
	/** In the order of `Joined.stations`. */
	values: Float64Array;
	/** Of each station, the part of its links whose IRIS has no figure: 0 when all are known. */
	unknown: Float64Array;
}

/** A share per station. */
export interface RateEstimate {
	/** From 0 to 1; NaN where nobody is counted or the figures are too small to be shown. */
	values: Float64Array;
	/** Both counts, of small stations too: they stay on the server. Means of a territory are ratios of their sums. */
	count: Float64Array;
	of: Float64Array;
	/** 1 where too few people are behind: shown in grey, without a figure. */
	small: Uint8Array;
	/** What may be off on each side, from 0 to 1. */
	margin: Float64Array;
	/** `weighted`: the source gives only rates; they were weighted by population. */
	method: 'counted' | 'weighted';
}

/** Under so many people behind it a share is not shown. */
export const LEAST_PEOPLE = 200;
// The 95th centile of the gap between two ways of sharing the same IRIS (unemployment, Val-de-Marne).
const LEAST_MARGIN = 0.0115;

/** Shares counts by IRIS out among stations; what all stations hold is what their IRIS hold. */
export function estimateCount(joined: Joined, counts: Float64Array): CountEstimate {
	const values = new Float64Array(joined.stations.length);
	const unknown = new Float64Array(joined.stations.length);
	const all = new Float64Array(joined.stations.length);
	for (let link = 0; link < joined.from.length; link++) {
		const station = joined.to[link] as number;
		const weight = joined.weight[link] as number;
		const count = counts[joined.from[link] as number] as number;
		all[station] = (all[station] as number) + weight;
		if (Number.isNaN(count)) unknown[station] = (unknown[station] as number) + weight;
		else values[station] = (values[station] as number) + weight * count;
	}
	for (const [station, sum] of all.entries())
		if (sum > 0) unknown[station] = (unknown[station] as number) / sum;
	return { values, unknown };
}

/** A share per station: the ratio of two shared-out counts. IRIS that lack one of the two give neither. */
export function estimateRate(joined: Joined, count: Float64Array, of: Float64Array): RateEstimate {
	const known = count.map((value, at) => (Number.isNaN(of[at] as number) ? Number.NaN : value));
	const base = of.map((value, at) => (Number.isNaN(count[at] as number) ? Number.NaN : value));
	const above = estimateCount(joined, known).values;
	const below = estimateCount(joined, base).values;
	return rated(joined, above, below, { count: known, of: base }, 'counted');
}

/** A variable that its source gives only as a share of people: a mean weighted by population, and said so. */
export function estimateWeighted(joined: Joined, rate: Float64Array, population: Float64Array): RateEstimate {
	const count = rate.map((value, at) => value * (population[at] as number));
	return { ...estimateRate(joined, count, population), method: 'weighted' };
}

type Sources = { count: Float64Array; of: Float64Array };

function rated(
	joined: Joined,
	count: Float64Array,
	of: Float64Array,
	sources: Sources,
	method: RateEstimate['method'],
): RateEstimate {
	const small = Uint8Array.from(of, (people) => (people < LEAST_PEOPLE ? 1 : 0));
	const values = count.map((value, at) => (small[at] ? Number.NaN : value / (of[at] as number)));
	const spread = spreadOf(joined, values, of, sources);
	const margin = spread.map((value) => Math.hypot(value, LEAST_MARGIN));
	return { values, count, of, small, margin, method };
}

/** How far apart the shares of the IRIS of a station are: a station cut out of unlike IRIS is less known. */
function spreadOf(joined: Joined, values: Float64Array, people: Float64Array, { count, of }: Sources) {
	const squares = new Float64Array(joined.stations.length);
	for (let link = 0; link < joined.from.length; link++) {
		const iris = joined.from[link] as number;
		const station = joined.to[link] as number;
		const below = of[iris] as number;
		if (!(below > 0)) continue;
		const gap = (count[iris] as number) / below - (values[station] as number);
		squares[station] = (squares[station] as number) + (joined.weight[link] as number) * below * gap * gap;
	}
	// An IRIS that falls whole to a station is known there, however unlike its neighbours: only cuts are guesses.
	const cut = cutOf(joined, of, people);
	return squares.map((sum, at) => Math.sqrt(sum / (people[at] as number)) * (cut[at] as number));
}

/** Of the people of each station, the part that comes from IRIS shared with other stations. */
function cutOf(joined: Joined, of: Float64Array, people: Float64Array): Float64Array {
	const cut = new Float64Array(joined.stations.length);
	for (let link = 0; link < joined.from.length; link++) {
		const weight = joined.weight[link] as number;
		const below = of[joined.from[link] as number] as number;
		const station = joined.to[link] as number;
		// Half of an IRIS is the worst cut; nearly all or nearly nothing of it is nearly known.
		const part = weight * below * 4 * weight * (1 - weight);
		if (below > 0) cut[station] = (cut[station] as number) + part;
	}
	return cut.map((part, at) => (people[at] ? Math.min(part / (people[at] as number), 1) : 0));
}
