import type initGeos from 'geos-wasm';
import type { Rings } from './rings.ts';
import type { Point } from './territories.ts';

// How shapes go into the engine's memory and come out of it. Whoever makes one lets go of it: see pen.ts.

export type Engine = Awaited<ReturnType<typeof initGeos>>;

/** A shape in the engine's memory. */
export type Shape = number;

export const MULTIPOINT = 4;
export const MULTIPOLYGON = 6;
const POLYGON = 3;

/** Bytes of a number. */
export const DOUBLE = 8;

/** A polygon from its outer ring and its holes. */
export function polygonOf(geos: Engine, [outer = [], ...holes]: Rings[number]): Shape {
	const shell = ringOf(geos, outer);
	const inside = holes.map((hole) => ringOf(geos, hole));
	return withPointers(geos, inside, (at) => geos.GEOSGeom_createPolygon(shell, at, inside.length));
}

function ringOf(geos: Engine, points: Point[]): Shape {
	const { Module } = geos;
	const at = Module._malloc(points.length * 2 * DOUBLE);
	const room = Module.HEAPF64;
	for (let i = 0; i < points.length; i++) {
		const [x, y] = points[i] as Point;
		room[at / DOUBLE + 2 * i] = x;
		room[at / DOUBLE + 2 * i + 1] = y;
	}
	const sequence = geos.GEOSCoordSeq_copyFromBuffer(at, points.length, 0, 0);
	Module._free(at);
	return geos.GEOSGeom_createLinearRing(sequence);
}

/** One collection that owns its parts. */
export function gather(geos: Engine, type: number, parts: Shape[]): Shape {
	return withPointers(geos, parts, (at) => geos.GEOSGeom_createCollection(type, at, parts.length));
}

function withPointers(geos: Engine, pointers: number[], use: (at: number) => Shape): Shape {
	const { Module } = geos;
	const at = Module._malloc(Math.max(pointers.length, 1) * 4);
	Module.HEAPU32.set(pointers, at / 4);
	const made = use(at);
	Module._free(at);
	return made;
}

/** Polygons inside a shape of any kind; they stay its own. */
export function partsOf(geos: Engine, shape: Shape): Shape[] {
	const type = geos.GEOSGeomTypeId(shape);
	if (type === POLYGON) return geos.GEOSisEmpty(shape) === 1 ? [] : [shape];
	if (type < MULTIPOLYGON) return [];
	const count = geos.GEOSGetNumGeometries(shape);
	return Array.from({ length: count }, (_, n) => geos.GEOSGetGeometryN(shape, n)).flatMap((part) =>
		partsOf(geos, part),
	);
}

/** The points of a ring. */
export function pointsOf(geos: Engine, ring: Shape): Point[] {
	const { Module } = geos;
	const count = geos.GEOSGeomGetNumPoints(ring);
	const at = Module._malloc(count * 2 * DOUBLE);
	geos.GEOSCoordSeq_copyToBuffer(geos.GEOSGeom_getCoordSeq(ring), at, 0, 0);
	const room = Module.HEAPF64.subarray(at / DOUBLE, at / DOUBLE + count * 2);
	const points = Array.from({ length: count }, (_, n): Point => [room[2 * n] ?? 0, room[2 * n + 1] ?? 0]);
	Module._free(at);
	return points;
}
