import type { IrisOutline, RegisterAddress, StationKey, StationOutline } from '../model.ts';
import { type Ground, inOrder, lay } from './grounds.ts';
import type { Shape } from './memory.ts';
import { EDGE_SIZE, type Edges, edgesOf, overlap } from './overlap.ts';
import type { Pen, Ready } from './pen.ts';
import { isNear, pointOf } from './register.ts';
import { boxesMeet } from './rings.ts';
import type { Box } from './territories.ts';

/** What the places of one commune have in common, before it becomes weights. */
export interface Measures {
	/** For each IRIS that meets a station: how much each has in common with it, stations in order of keys. */
	common: Map<string, Map<StationKey, number>>;
	/** Square metres of each IRIS; none when addresses decide. */
	irisSizes: Map<string, number>;
	/** The whole of each station: square metres, or addresses. */
	stationSizes: Map<StationKey, number>;
}

/** A commune laid on the plane. */
export interface Laid {
	irises: Ground[];
	/** Those that have an outline, in order of keys. */
	stations: Ground[];
}

/** Lays the IRIS and stations of one commune on the plane, in order of codes whatever the order given. */
export function layCommune(pen: Pen, irises: IrisOutline[], stations: StationOutline[]): Laid {
	const laid = stations.flatMap(({ key, commune, outline }) =>
		outline ? [lay(pen, key, commune, outline)] : [],
	);
	return {
		irises: irises
			.map(({ iris, commune, outline }) => lay(pen, iris, commune, outline))
			.sort((a, b) => inOrder(a.code, b.code)),
		stations: laid.sort((a, b) => inOrder(a.code, b.code)),
	};
}

// Pairs of edges up to which a sum is quicker than the engine.
const FEW = 20_000;

// Square metres, a square centimetre: what rounding leaves of two places that only touch.
const NOTHING = 1e-4;

type Edged = Ground & { edges: Edges };

/** Square metres in common. Only pairs whose boxes meet are looked at: within a commune they are few. */
export function measureAreas(pen: Pen, { irises, stations }: Laid): Measures {
	const common = new Map<string, Map<StationKey, number>>();
	const edged = (ground: Ground): Edged => ({ ...ground, edges: edgesOf(ground.rings) });
	const near = neighbours(stations.map(edged));
	for (const iris of irises.map(edged)) {
		const area = areaWith(pen, iris);
		const areas = near(iris)
			.map((station) => [station.code, area(station)] as const)
			.filter(([, area]) => area > NOTHING);
		if (areas.length) common.set(iris.code, new Map(areas));
	}
	return { common, irisSizes: sizes(pen, irises), stationSizes: sizes(pen, stations) };
}

function areaWith(pen: Pen, iris: Edged): (station: Edged) => number {
	let ready: Ready | null = null;
	return ({ shape, edges, box }) => {
		if (iris.edges.length * edges.length < FEW * EDGE_SIZE ** 2) return overlap(iris.edges, edges, box[1]);
		ready ??= pen.ready(iris.shape);
		return pen.commonArea(ready, iris.shape, shape);
	};
}

/** Finds the grounds whose boxes meet another's, in order of codes: looks only at those that begin near its west. */
function neighbours<T extends Ground>(grounds: T[]): (ground: Ground) => T[] {
	const byWest = grounds.toSorted((a, b) => a.box[0] - b.box[0]);
	const widest = byWest.reduce((most, { box }) => Math.max(most, box[2] - box[0]), 0);
	return ({ box }) => {
		const found: T[] = [];
		for (let at = firstAt(byWest, box[0] - widest); at < byWest.length; at++) {
			const ground = byWest[at];
			if (!ground || ground.box[0] > box[2]) break;
			if (boxesMeet(ground.box, box)) found.push(ground);
		}
		return found.sort((a, b) => inOrder(a.code, b.code));
	};
}

/** Place of the first ground that begins at this west or after it. */
function firstAt(byWest: Ground[], west: number): number {
	let [low, high] = [0, byWest.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((byWest[middle]?.box[0] ?? 0) < west) low = middle + 1;
		else high = middle;
	}
	return low;
}

function sizes(pen: Pen, grounds: Ground[]): Map<string, number> {
	return new Map(grounds.map(({ code, shape }) => [code, pen.area(shape)]));
}

/** Addresses of each station in each IRIS; an address on an edge counts in the first of its IRIS. */
export function countAddresses(pen: Pen, { irises }: Laid, addresses: RegisterAddress[]): Measures {
	const ready = irises.map((iris) => ({ iris, shape: pen.ready(iris.shape) }));
	const stationSizes = new Map<StationKey, number>();
	const found = new Map<string, Map<StationKey, number>>();
	for (const address of addresses) {
		add(stationSizes, address);
		const iris = irisAround(pen, ready, address);
		if (!iris) continue;
		const counts = found.get(iris.code) ?? new Map<StationKey, number>();
		add(counts, address);
		found.set(iris.code, counts);
	}
	const common = [...found].map(([iris, counts]): [string, typeof counts] => [iris, inKeyOrder(counts)]);
	return { common: new Map(common), irisSizes: new Map(), stationSizes };
}

function add(counts: Map<StationKey, number>, { key, addresses }: RegisterAddress): void {
	counts.set(key, (counts.get(key) ?? 0) + addresses);
}

function inKeyOrder(counts: Map<StationKey, number>): Map<StationKey, number> {
	return new Map([...counts].sort(([a], [b]) => inOrder(a, b)));
}

function irisAround(pen: Pen, irises: { iris: Ground; shape: Ready }[], address: RegisterAddress) {
	const point = pointOf(address);
	return irises.find(({ iris, shape }) => isNear(point, iris.box) && pen.holds(shape, point))?.iris;
}

/** The station nearest to an IRIS: by its outline, else by its addresses; null when none has either. */
export function nearestStation(
	pen: Pen,
	iris: Ground,
	{ stations }: Laid,
	addresses: RegisterAddress[],
): StationKey | null {
	const places = stations.length ? stations : addresses.map(spotOf);
	const byGap = places.map((place) => ({ ...place, atLeast: gap(place.box, iris.box) }));
	byGap.sort((a, b) => a.atLeast - b.atLeast || inOrder(a.code, b.code));
	let best = { code: '', distance: Infinity };
	for (const place of byGap) {
		// Shapes are never nearer than their boxes, and the next boxes are further.
		if (place.atLeast > best.distance) break;
		const distance = gapOf(pen, iris, place);
		const isTie = distance === best.distance && inOrder(place.code, best.code) < 0;
		if (distance < best.distance || isTie) best = { code: place.code, distance };
	}
	return best.code || null;
}

/** A station, or one of its addresses. */
type Place = { code: StationKey; box: Box; shape?: Shape };

function spotOf(address: RegisterAddress): Place {
	const [x, y] = pointOf(address);
	return { code: address.key, box: [x, y, x, y] };
}

/** Between two boxes; 0 when they meet. */
function gap(a: Box, b: Box): number {
	return Math.hypot(Math.max(a[0] - b[2], b[0] - a[2], 0), Math.max(a[1] - b[3], b[1] - a[3], 0));
}

function gapOf(pen: Pen, iris: Ground, { shape, box: [x, y] }: Place): number {
	if (shape !== undefined) return pen.distance(iris.shape, shape);
	const point = pen.sites([[x, y]]);
	const distance = pen.distance(iris.shape, point);
	pen.forget(point);
	return distance;
}
