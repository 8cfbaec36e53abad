/** A figure per station, sorted once so that any query over any territory only walks it. */
export interface Column {
	/** NaN where there is none, or none that may be shown. */
	values: Float64Array;
	/** Places of the stations that have a figure, the lowest first; equal figures in the order of stations. */
	order: Int32Array;
	/** Their figures, in that order. */
	sorted: Float64Array;
	/** For a share, what it is made of: the mean of a territory is a ratio of sums. */
	count?: Float64Array;
	of?: Float64Array;
	/** What may be off on each side, in the unit of `values`. */
	margin?: Float64Array;
}

/** Sorts the figures of a column. Done once, when figures are loaded. */
export function columnFrom(figures: Omit<Column, 'order' | 'sorted'>): Column {
	const { values } = figures;
	const known: number[] = [];
	for (let at = 0; at < values.length; at++) if (!Number.isNaN(values[at])) known.push(at);
	const order = Int32Array.from(known).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
	return { ...figures, order, sorted: Float64Array.from(order, (at) => values[at] as number) };
}

/** Places of the stations of a territory, for one column. */
export interface Ranks {
	/** From above 0 (lowest) to below 1 (highest); equal figures share the middle of their places. NaN: no figure. */
	middle: Float64Array;
	/** Their figures, the lowest first. */
	sorted: Float64Array;
}

/** The place of each station among those `inside`. */
export function ranksIn(column: Column, inside: Uint8Array): Ranks {
	const { stations, figures } = walk(column, inside);
	const total = figures.length;
	const middle = new Float64Array(inside.length).fill(Number.NaN);
	for (let start = 0, end = 0; start < total; start = end) {
		const figure = figures[start];
		while (end < total && figures[end] === figure) end++;
		const rank = (start + end) / 2 / total;
		for (let at = start; at < end; at++) middle[stations[at] as number] = rank;
	}
	return { middle, sorted: figures };
}

/** The stations inside, the lowest figure first, and their figures. */
export function walk({ order, sorted }: Column, inside: Uint8Array) {
	const stations = new Int32Array(order.length);
	const figures = new Float64Array(order.length);
	let total = 0;
	for (let at = 0; at < order.length; at++) {
		const station = order[at] as number;
		if (inside[station] !== 1) continue;
		stations[total] = station;
		figures[total++] = sorted[at] as number;
	}
	return { stations: stations.subarray(0, total), figures: figures.subarray(0, total) };
}

/** How many figures come before this one, from that end. */
export function ahead(sorted: Float64Array, value: number, toward: 'high' | 'low'): number {
	let [from, to] = [0, sorted.length];
	while (from < to) {
		const half = (from + to) >> 1;
		const isBefore = toward === 'low' ? (sorted[half] as number) < value : (sorted[half] as number) <= value;
		if (isBefore) from = half + 1;
		else to = half;
	}
	return toward === 'low' ? from : sorted.length - from;
}

/**
 * The share of a territory; for what is no share, the mean of its stations. NaN when nothing is known. Stations whose
 * figure is hidden are left out: the gap between two territories must not give it away.
 */
export function territoryMean({ values, count, of }: Column, inside: Uint8Array): number {
	let above = 0;
	let below = 0;
	for (let at = 0; at < values.length; at++) {
		if (!inside[at] || Number.isNaN(values[at])) continue;
		above += count ? (count[at] as number) : (values[at] as number);
		below += of ? (of[at] as number) : 1;
	}
	return below > 0 ? above / below : Number.NaN;
}
