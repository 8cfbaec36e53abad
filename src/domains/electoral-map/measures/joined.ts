import type { StationKey, Weight } from '../model.ts';

/** Weights laid on the IRIS of one base: link after link, from the place of an IRIS to the place of a station. */
export interface Joined {
	/** In the order of keys. */
	stations: StationKey[];
	/** As many as the base has. */
	irises: number;
	from: Int32Array;
	to: Int32Array;
	weight: Float64Array;
	/** Places of the IRIS of the base that no weight shares out. */
	left: number[];
	/** IRIS that weights share out and the base does not have. */
	absent: string[];
}

/** Lays the weights on the IRIS of a base (`irises`, in its order). The order of weights changes nothing. */
export function joinWeights(weights: Weight[], irises: string[]): Joined {
	const place = new Map(irises.map((iris, at) => [iris, at]));
	const known = weights.filter(({ iris }) => place.has(iris)).sort(inOrder);
	const stations = [...new Set(weights.map(({ key }) => key))].sort();
	const number = new Map(stations.map((key, at) => [key, at]));
	const shared = new Set(known.map(({ iris }) => iris));
	return {
		stations,
		irises: irises.length,
		from: Int32Array.from(known, ({ iris }) => place.get(iris) ?? 0),
		to: Int32Array.from(known, ({ key }) => number.get(key) ?? 0),
		weight: Float64Array.from(known, ({ weight }) => weight),
		left: irises.flatMap((iris, at) => (shared.has(iris) ? [] : [at])),
		absent: [...new Set(weights.filter(({ iris }) => !place.has(iris)).map(({ iris }) => iris))].sort(),
	};
}

// Sums of decimals depend on their order.
function inOrder(a: Weight, b: Weight): number {
	if (a.iris !== b.iris) return a.iris < b.iris ? -1 : 1;
	return a.key < b.key ? -1 : 1;
}
