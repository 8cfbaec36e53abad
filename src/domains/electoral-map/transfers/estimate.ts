import type { Count, Remark } from '../model.ts';
import { drawsFrom, resample } from './draws.ts';
import { type Choice, type MarginOptions, type Margins, marginsOf } from './margins.ts';
import { type Solver, solverOf } from './solve.ts';

/** Of people who made the choice `from` at the first round, the part that made the choice `to` at the second. */
export interface Transfer {
	from: number;
	to: number;
	/** From 0 to 1; to be shown with its range, never alone. */
	share: number;
	low: number;
	high: number;
}

/** Transfers over a whole territory. Nothing here is about one station. */
export interface Transfers {
	from: Choice[];
	to: Choice[];
	/** Row after row. */
	cells: Transfer[];
	stations: number;
	/** Registered voters of these stations at the first round, and their share of those that either round counted. */
	registered: number;
	coverage: number;
	draws: number;
	/** In percent of the registered: how far stations are from one behaviour for all (Paris 2017: 1.7). */
	heterogeneity: number;
	remarks: Remark[];
}

export interface TransferOptions extends MarginOptions {
	/** Times that stations are drawn again to know the ranges. */
	draws?: number;
	seed?: number;
}

// The largest gap between this method and a Bayesian one on rows that matter (Paris 2017): drawing stations again
// does not see it, since every draw goes through the same method.
const METHOD_GAP = 0.07;
// Of the draws, one in twenty is left out on each side.
const OUTSIDE = 0.05;
const DRAWS = 200;
// Above it, stations moved too differently for one table to say it.
const MUCH_HETEROGENEITY = 5;

/**
 * Estimates how votes moved between two rounds, from stations that hold both: two hundred draws of a city take a few
 * seconds, during which the thread does nothing else. Refused under 50 stations.
 */
export async function transfersOf(
	first: Count[],
	second: Count[],
	options: TransferOptions = {},
): Promise<Transfers> {
	const { draws = DRAWS, seed = 1 } = options;
	const margins = marginsOf(first, second, options);
	const solver = await solverOf(margins);
	try {
		const parts = solver.solve(new Float64Array(margins.stations).fill(1));
		const ranges = rangesOf(solver, margins, draws, seed);
		const heterogeneity = heterogeneityOf(margins, parts);
		return {
			from: margins.from,
			to: margins.to,
			cells: cellsOf(margins, parts, ranges),
			stations: margins.stations,
			...coverageOf(margins),
			draws,
			heterogeneity,
			remarks: remarksOf(margins, heterogeneity),
		};
	} finally {
		solver.free();
	}
}

function coverageOf({ from, unmatched }: Margins): Pick<Transfers, 'registered' | 'coverage'> {
	const registered = Math.round(from.reduce((sum, { total }) => sum + total, 0));
	return { registered, coverage: registered / (registered + unmatched.registered) };
}

function rangesOf(
	solver: Solver,
	{ stations, from, to }: Margins,
	draws: number,
	seed: number,
): Float64Array[] {
	const random = drawsFrom(seed);
	const drawn = Array.from({ length: from.length * to.length }, () => new Float64Array(draws));
	for (let draw = 0; draw < draws; draw++) {
		const parts = solver.solve(resample(stations, random));
		for (const [cell, values] of drawn.entries()) values[draw] = parts[cell] ?? 0;
	}
	for (const values of drawn) values.sort();
	return drawn;
}

function cellsOf({ to }: Margins, parts: Float64Array, ranges: Float64Array[]): Transfer[] {
	return ranges.map((values, cell) => {
		const share = parts[cell] ?? 0;
		const last = values.length - 1;
		const low = values[Math.floor(last * OUTSIDE)] ?? share;
		const high = values[Math.ceil(last * (1 - OUTSIDE))] ?? share;
		return {
			from: Math.floor(cell / to.length),
			to: cell % to.length,
			share,
			low: Math.max(Math.min(low, share) - METHOD_GAP, 0),
			high: Math.min(Math.max(high, share) + METHOD_GAP, 1),
		};
	});
}

/** Half of the gaps between what each station counted and what one behaviour would give it, over all the registered. */
function heterogeneityOf({ x, y, from, to, stations }: Margins, parts: Float64Array): number {
	const [J, K] = [from.length, to.length];
	let gaps = 0;
	let all = 0;
	for (let i = 0; i < stations; i++)
		for (let k = 0; k < K; k++) {
			let expected = 0;
			for (let j = 0; j < J; j++) expected += (x[i * J + j] ?? 0) * (parts[j * K + k] ?? 0);
			const counted = y[i * K + k] ?? 0;
			gaps += Math.abs(counted - expected);
			all += counted;
		}
	return all > 0 ? (50 * gaps) / all : 0;
}

function remarksOf({ unmatched }: Margins, heterogeneity: number): Remark[] {
	const remarks: Remark[] = [{ key: 'electoral-map.transfers_warning', args: {} }];
	if (unmatched.stations) remarks.push({ key: 'electoral-map.transfers_unmatched', args: unmatched });
	if (heterogeneity > MUCH_HETEROGENEITY)
		remarks.push({ key: 'electoral-map.transfers_uneven', args: { percent: Math.round(heterogeneity) } });
	return remarks;
}
