/** What the profile of stations says of a share, and what it leaves out. */
export interface Explained {
	/** Share minus what the profile would give; NaN where something is missing. */
	residuals: Float64Array;
	/** The usual size of a residual: what stands beyond twice of it deserves a look. */
	scale: number;
	/** Stations that were used. */
	used: number;
}

// Beyond so many times the usual gap a station weighs less and less (Huber).
const HUBER = 1.345;
const ROUNDS = 30;
// From a median gap to what a bell curve would call one.
const MEDIAN_TO_SCALE = 1.4826;

/**
 * How much better or worse than its profile each station does: a linear regression that a few odd stations do not
 * pull (Huber), each weighted by its registered.
 */
export function explain(share: Float64Array, profile: Float64Array[], registered: Float64Array): Explained {
	const places: number[] = [];
	for (let at = 0; at < share.length; at++)
		if ([share, registered, ...profile].every((column) => !Number.isNaN(column[at]))) places.push(at);
	const residuals = new Float64Array(share.length).fill(Number.NaN);
	const width = profile.length + 1;
	if (places.length <= width) return { residuals, scale: Number.NaN, used: places.length };
	const rows = standardised(profile, places);
	const found = adjust({
		width,
		rows,
		target: Float64Array.from(places, (at) => share[at] as number),
		weights: Float64Array.from(places, (at) => registered[at] as number),
	});
	for (const [n, at] of places.entries()) residuals[at] = found.residuals[n] as number;
	return { residuals, scale: found.scale, used: places.length };
}

interface Problem {
	width: number;
	/** Row after row, one first. */
	rows: Float64Array;
	target: Float64Array;
	weights: Float64Array;
}

function standardised(profile: Float64Array[], places: number[]): Float64Array {
	const width = profile.length + 1;
	const rows = new Float64Array(places.length * width).fill(1);
	for (const [n, column] of profile.entries()) {
		const mean = places.reduce((sum, at) => sum + (column[at] as number), 0) / places.length;
		const square = places.reduce((sum, at) => sum + ((column[at] as number) - mean) ** 2, 0);
		const deviation = Math.sqrt(square / places.length) || 1;
		for (const [row, at] of places.entries())
			rows[row * width + n + 1] = ((column[at] as number) - mean) / deviation;
	}
	return rows;
}

function adjust(problem: Problem): { residuals: Float64Array; scale: number } {
	let trust = new Float64Array(problem.target.length).fill(1);
	let residuals = residualsOf(problem, trust);
	let scale = scaleOf(residuals);
	for (let round = 0; round < ROUNDS && scale > 1e-12; round++) {
		trust = residuals.map((gap) => Math.min(1, (HUBER * scale) / Math.abs(gap || Number.MIN_VALUE)));
		residuals = residualsOf(problem, trust);
		const next = scaleOf(residuals);
		if (Math.abs(next - scale) < 1e-9) break;
		scale = next;
	}
	return { residuals, scale };
}

function scaleOf(residuals: Float64Array): number {
	const gaps = residuals.map(Math.abs).sort();
	return MEDIAN_TO_SCALE * (gaps[Math.floor(gaps.length / 2)] ?? 0);
}

function residualsOf({ width, rows, target, weights }: Problem, trust: Float64Array): Float64Array {
	const normal = Array.from({ length: width }, () => new Float64Array(width + 1));
	for (let row = 0; row < target.length; row++) {
		const weight = (weights[row] as number) * (trust[row] as number);
		for (let a = 0; a < width; a++) {
			const line = normal[a] as Float64Array;
			const own = weight * (rows[row * width + a] as number);
			for (let b = 0; b < width; b++) line[b] = (line[b] as number) + own * (rows[row * width + b] as number);
			line[width] = (line[width] as number) + own * (target[row] as number);
		}
	}
	const factors = solveLines(normal);
	return target.map((value, row) => {
		let given = 0;
		for (let a = 0; a < width; a++) given += (factors[a] as number) * (rows[row * width + a] as number);
		return value - given;
	});
}

/** Gauss with pivots; a column that says nothing new gets no factor. */
function solveLines(lines: Float64Array[]): Float64Array {
	const width = lines.length;
	const largest = Math.max(...lines.map((line, at) => Math.abs(line[at] as number)));
	const factors = new Float64Array(width);
	const pivots: number[] = [];
	for (let column = 0, row = 0; column < width; column++) {
		const rest = lines.slice(row);
		const best = rest.reduce((top, line) =>
			Math.abs(line[column] as number) > Math.abs(top[column] as number) ? line : top,
		);
		if (Math.abs(best[column] as number) < largest * 1e-10) continue;
		const at = lines.indexOf(best);
		[lines[row], lines[at]] = [best, lines[row] as Float64Array];
		for (const line of lines) if (line !== best) subtract(line, best, column);
		pivots[row++] = column;
	}
	for (const [row, column] of pivots.entries()) {
		const line = lines[row] as Float64Array;
		factors[column] = (line[width] as number) / (line[column] as number);
	}
	return factors;
}

function subtract(line: Float64Array, pivot: Float64Array, column: number): void {
	const times = (line[column] as number) / (pivot[column] as number);
	for (let at = 0; at < line.length; at++) line[at] = (line[at] as number) - times * (pivot[at] as number);
}

/** How two figures of stations go together, from -1 to 1, and over how many stations: of places, never of people. */
export function correlation(a: Float64Array, b: Float64Array): { r: number; stations: number } {
	let [n, sa, sb, saa, sbb, sab] = [0, 0, 0, 0, 0, 0];
	for (let at = 0; at < a.length; at++) {
		const [x, y] = [a[at] as number, b[at] as number];
		if (Number.isNaN(x) || Number.isNaN(y)) continue;
		n++;
		sa += x;
		sb += y;
		saa += x * x;
		sbb += y * y;
		sab += x * y;
	}
	const spread = Math.sqrt((n * saa - sa * sa) * (n * sbb - sb * sb));
	return { r: spread > 0 ? (n * sab - sa * sb) / spread : Number.NaN, stations: n };
}
