import loadHighs, { type Highs, type Model, type ModelData } from 'highs';
import type { Margins } from './margins.ts';

/** A solver that keeps its last answer: the next question, near the last one, starts from there. */
export interface Solver {
	/** Part of each row that goes to each column, row after row; each row adds up to one. */
	solve(times: Float64Array): Float64Array;
	free(): void;
}

// Of HiGHS. Keeping both totals is always possible: any other end is a bug, or a table of zeros.
const OPTIMAL = 7;

let loading: Promise<Highs> | undefined;

/**
 * The transfers nearest to what every station counted, if people of a row moved alike everywhere: the sum of gaps is
 * the least possible (in absolute value), every row adds up to one, and totals of both rounds are kept.
 *
 * It is the dual that is solved: one row per cell of the table instead of two per station and column, so that a city
 * takes tenths of a second. The parts looked for are the prices of its rows.
 */
export async function solverOf(margins: Margins): Promise<Solver> {
	loading ??= loadHighs();
	const highs = await loading;
	const model = highs.createModel(dualOf(margins));
	model.options.set({ output_flag: false });
	return {
		solve: (times) => solve(model, margins, times),
		free: () => model.dispose(),
	};
}

/** Columns: a gap per station and column of the table, then one per row (sum of one), then one per column (totals). */
function dualOf({ x, y, from, to, stations }: Margins): ModelData {
	const [J, K] = [from.length, to.length];
	const starts: number[] = [];
	const indices: number[] = [];
	const values: number[] = [];
	const column = (entry: (j: number, k: number) => number) => {
		starts.push(indices.length);
		for (let j = 0; j < J; j++)
			for (let k = 0; k < K; k++) {
				const value = entry(j, k);
				if (value === 0) continue;
				indices.push(j * K + k);
				values.push(value);
			}
	};
	for (let i = 0; i < stations; i++)
		for (let at = 0; at < K; at++) column((j, k) => (k === at ? (x[i * J + j] ?? 0) : 0));
	for (let row = 0; row < J; row++) column((j) => (j === row ? 1 : 0));
	for (let at = 0; at < K; at++) column((j, k) => (k === at ? (from[j]?.total ?? 0) : 0));
	starts.push(indices.length);
	const gaps = stations * K;
	const free = new Array(J + K).fill(Number.POSITIVE_INFINITY);
	return {
		numCols: gaps + J + K,
		numRows: J * K,
		sense: -1 as ModelData['sense'],
		colCost: [...y, ...new Array(J).fill(1), ...to.map(({ total }) => total)],
		colLower: [...new Array(gaps).fill(-1), ...free.map((bound) => -bound)],
		colUpper: [...new Array(gaps).fill(1), ...free],
		rowLower: new Array(J * K).fill(Number.NEGATIVE_INFINITY),
		rowUpper: new Array(J * K).fill(0),
		matrix: { format: 'csc', numRows: J * K, numCols: gaps + J + K, starts, indices, values },
	};
}

/** A station drawn twice weighs twice; one that was not drawn weighs nothing. */
function solve(model: Model, margins: Margins, times: Float64Array): Float64Array {
	const [J, K] = [margins.from.length, margins.to.length];
	const gaps = margins.stations * K;
	const upper = Float64Array.from({ length: gaps }, (_, at) => times[Math.floor(at / K)] ?? 0);
	model.changeColsBounds(
		{ kind: 'range', from: 0, to: gaps - 1 },
		upper.map((bound) => -bound),
		upper,
	);
	const rows = totalsOf(margins.x, J, times);
	const columns = totalsOf(margins.y, K, times);
	for (let k = 0; k < K; k++) {
		model.changeColCost(gaps + J + k, columns[k] ?? 0);
		for (let j = 0; j < J; j++) model.changeCoefficient(j * K + k, gaps + J + k, rows[j] ?? 0);
	}
	model.run();
	if (model.getModelStatus() !== OPTIMAL) throw new Error(`transfers: no answer (${model.getModelStatus()})`);
	return partsOf(model.getSolution().rowDual, J, K);
}

function totalsOf(cells: Float64Array, width: number, times: Float64Array): Float64Array {
	const totals = new Float64Array(width);
	for (const [at, value] of cells.entries())
		totals[at % width] = (totals[at % width] ?? 0) + value * (times[Math.floor(at / width)] ?? 0);
	return totals;
}

/** Prices, without the dust of the solver. */
function partsOf(prices: Float64Array, J: number, K: number): Float64Array {
	const parts = prices.map((price) => Math.abs(price));
	for (let j = 0; j < J; j++) {
		const row = parts.subarray(j * K, j * K + K);
		const sum = row.reduce((all, part) => all + part, 0);
		for (let k = 0; k < K; k++) row[k] = sum > 0 ? (row[k] ?? 0) / sum : 0;
	}
	return parts;
}
