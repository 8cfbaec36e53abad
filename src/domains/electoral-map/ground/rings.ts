import type { Geometry, Position } from 'geojson';
import type { Box, Point } from './territories.ts';

/** Polygons, each its outer ring then its holes; every ring closed, of four points or more. */
export type Rings = Point[][][];

/** The polygons of any geometry, collections opened, heights dropped; empty when it has none that stands. */
export function ringsOf(geometry: Geometry | null): Rings {
	if (!geometry) return [];
	if (geometry.type === 'GeometryCollection') return list<Geometry>(geometry.geometries).flatMap(ringsOf);
	if (geometry.type === 'Polygon') return [polygon(geometry.coordinates)].filter(stands);
	if (geometry.type === 'MultiPolygon') return list(geometry.coordinates).map(polygon).filter(stands);
	return [];
}

/** Files hold anything where a list should be. */
function list<T>(value: T[]): T[] {
	return Array.isArray(value) ? value : [];
}

const stands = (rings: Point[][]): boolean => rings.length > 0;

/** Nothing when the outer ring does not stand; holes that do not are dropped. */
function polygon(rings: Position[][]): Point[][] {
	const [outer, ...holes] = list(rings).map(ring);
	return outer && outer.length >= 4 ? [outer, ...holes.filter((hole) => hole.length >= 4)] : [];
}

function ring(positions: Position[]): Point[] {
	const points: Point[] = [];
	for (const position of list(positions)) {
		const [x, y] = list(position);
		if (!Number.isFinite(x) || !Number.isFinite(y)) return [];
		points.push([x as number, y as number]);
	}
	const [first, last] = [points[0], points.at(-1)];
	if (first && last && (first[0] !== last[0] || first[1] !== last[1])) points.push([...first]);
	return points;
}

/** Every point moved. */
export function moved(rings: Rings, move: (point: Point) => Point): Rings {
	return rings.map((polygon) => polygon.map((points) => points.map((point) => move(point))));
}

/** The smallest box around the polygons. */
export function boxOf(rings: Rings): Box {
	const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [outer = []] of rings) for (const point of outer) widen(box, point);
	return box;
}

function widen(box: Box, [x, y]: Point): void {
	box[0] = Math.min(box[0], x);
	box[1] = Math.min(box[1], y);
	box[2] = Math.max(box[2], x);
	box[3] = Math.max(box[3], y);
}

/** True when two boxes share a point. */
export function boxesMeet(a: Box, b: Box): boolean {
	return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}
