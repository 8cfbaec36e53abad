import type { Rings } from './rings.ts';
import type { Point } from './territories.ts';

/**
 * The edges of a shape, five numbers each: x of both ends, y of the first, slope, and +1 when the shape is under the
 * edge, -1 when it is above. A shape is what is under its upper edges less what is under its lower ones, so that the area two shapes have
 * in common is a sum over pairs of edges: nothing to build, and nothing that two edges lying together could upset.
 */
export type Edges = Float64Array;

/** Numbers of one edge. */
export const EDGE_SIZE = 5;

/** The edges of valid polygons; upright ones have nothing under them. */
export function edgesOf(rings: Rings): Edges {
	const edges = rings.flatMap((polygon) => polygon.flatMap((ring, at) => ringEdges(ring, at > 0)));
	return Float64Array.from(edges);
}

function ringEdges(ring: Point[], isHole: boolean): number[] {
	const side = turnsLeft(ring) === isHole ? -1 : 1;
	const edges: number[] = [];
	for (let at = 1; at < ring.length; at++) {
		const [from, to] = [ring[at - 1] as Point, ring[at] as Point];
		const slope = (to[1] - from[1]) / (to[0] - from[0]);
		if (from[0] < to[0]) edges.push(from[0], to[0], from[1], slope, -side);
		if (from[0] > to[0]) edges.push(to[0], from[0], to[1], slope, side);
	}
	return edges;
}

function turnsLeft(ring: Point[]): boolean {
	const [[x, y] = [0, 0]] = ring;
	let twice = 0;
	for (let at = 1; at < ring.length; at++) {
		const [from, to] = [ring[at - 1] as Point, ring[at] as Point];
		twice += (from[0] - x) * (to[1] - y) - (to[0] - x) * (from[1] - y);
	}
	return twice > 0;
}

/** Square units in common. `south` is near both shapes: heights are counted from it, which keeps digits. */
export function overlap(a: Edges, b: Edges, south: number): number {
	let sum = 0;
	for (let e = 0; e < a.length; e += EDGE_SIZE)
		for (let f = 0; f < b.length; f += EDGE_SIZE) {
			const west = Math.max(a[e] as number, b[f] as number);
			const east = Math.min(a[e + 1] as number, b[f + 1] as number);
			if (west >= east) continue;
			const sign = (a[e + 4] as number) * (b[f + 4] as number);
			const a1 = heightAt(a, e, west) - south;
			const a2 = heightAt(a, e, east) - south;
			const b1 = heightAt(b, f, west) - south;
			const b2 = heightAt(b, f, east) - south;
			sum += sign * (east - west) * lower(a1, a2, b1, b2);
		}
	return sum;
}

function heightAt(edges: Edges, at: number, x: number): number {
	return (edges[at + 2] as number) + (x - (edges[at] as number)) * (edges[at + 3] as number);
}

/** Mean height of the lower of two lines, from their heights at both ends. */
function lower(a1: number, a2: number, b1: number, b2: number): number {
	const gap1 = a1 - b1;
	const gap2 = a2 - b2;
	if (gap1 <= 0 && gap2 <= 0) return (a1 + a2) / 2;
	if (gap1 >= 0 && gap2 >= 0) return (b1 + b2) / 2;
	const crossing = gap1 / (gap1 - gap2);
	const middle = a1 + crossing * (a2 - a1);
	const start = gap1 < 0 ? a1 : b1;
	const end = gap1 < 0 ? b2 : a2;
	return (crossing * (start + middle) + (1 - crossing) * (middle + end)) / 2;
}
