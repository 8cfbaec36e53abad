import initGeos from 'geos-wasm';
import type { Rings } from './rings.ts';
import type { Point } from './territories.ts';

type Engine = Awaited<ReturnType<typeof initGeos>>;

/** A shape in the engine's memory, of use until the drawing ends. */
export type Shape = number;

/** A shape made ready for many questions. */
export type Ready = number;

// Thrown through the engine, an exception would leave its objects behind: it answers 0, and we ask why.
let lastError = '';
const quiet = {
	errorHandler: (message: string) => {
		lastError = message;
	},
	noticeHandler: () => {},
};

/** Lends a pen for the time of a work that does not wait, then lets go of every shape it drew, error or not. */
export async function drawing<T>(work: (pen: Pen) => T): Promise<T> {
	const pen = new Pen(await initGeos(quiet));
	try {
		return work(pen);
	} finally {
		pen.close();
	}
}

const MULTIPOLYGON = 6;
const POLYGON = 3;
const DOUBLE = 8;

/** Draws and measures with GEOS, whose shapes are outside JavaScript's memory: those it gives are let go by `close`. */
export class Pen {
	readonly #geos: Engine;
	readonly #shapes = new Set<Shape>();
	readonly #ready: Ready[] = [];
	readonly #answer: number;

	constructor(geos: Engine) {
		this.#geos = geos;
		this.#answer = geos.Module._malloc(DOUBLE);
	}

	/** Lets go of everything. */
	close(): void {
		for (const ready of this.#ready) this.#geos.GEOSPreparedGeom_destroy(ready);
		for (const shape of this.#shapes) this.#geos.GEOSGeom_destroy(shape);
		this.#geos.Module._free(this.#answer);
	}

	/** Lets go of one shape before the others. */
	forget(shape: Shape): void {
		if (this.#shapes.delete(shape)) this.#geos.GEOSGeom_destroy(shape);
	}

	#keep(shape: Shape): Shape {
		if (!shape) throw new Error(`GEOS: ${lastError}`);
		this.#shapes.add(shape);
		return shape;
	}

	/** The polygons of a shape, as they are: perhaps not valid. */
	draw(rings: Rings): Shape {
		return this.#keep(
			this.#gather(
				MULTIPOLYGON,
				rings.map((polygon) => this.#polygon(polygon)),
			),
		);
	}

	#polygon([outer = [], ...holes]: Point[][]): Shape {
		const shell = this.#ring(outer);
		const inside = holes.map((hole) => this.#ring(hole));
		return this.#withPointers(inside, (at) => this.#geos.GEOSGeom_createPolygon(shell, at, inside.length));
	}

	#ring(points: Point[]): Shape {
		return this.#geos.GEOSGeom_createLinearRing(this.#sequence(points));
	}

	#sequence(points: Point[]): number {
		const { Module } = this.#geos;
		const at = Module._malloc(points.length * 2 * DOUBLE);
		const room = Module.HEAPF64;
		for (let i = 0; i < points.length; i++) {
			const [x, y] = points[i] as Point;
			room[at / DOUBLE + 2 * i] = x;
			room[at / DOUBLE + 2 * i + 1] = y;
		}
		const sequence = this.#geos.GEOSCoordSeq_copyFromBuffer(at, points.length, 0, 0);
		Module._free(at);
		return sequence;
	}

	/** One collection that owns its parts. */
	#gather(type: number, parts: Shape[]): Shape {
		return this.#withPointers(parts, (at) => this.#geos.GEOSGeom_createCollection(type, at, parts.length));
	}

	#withPointers(pointers: number[], use: (at: number) => number): number {
		const { Module } = this.#geos;
		const at = Module._malloc(Math.max(pointers.length, 1) * 4);
		Module.HEAPU32.set(pointers, at / 4);
		const made = use(at);
		Module._free(at);
		return made;
	}

	/** Sites as one shape of points, in their order. */
	sites(points: Point[]): Shape {
		const each = points.map(([x, y]) => this.#geos.GEOSGeom_createPointFromXY(x, y));
		return this.#keep(this.#gather(4, each));
	}

	/** False when it crosses itself, when its rings overlap, and so on. */
	isValid(shape: Shape): boolean {
		return this.#geos.GEOSisValid(shape) === 1;
	}

	/**
	 * The nearest valid shape, its polygons alone: lines and points that the repair leaves have no ground. Parts that
	 * overlap are one ground, where the engine's first method would make a hole of what they share.
	 */
	repaired(shape: Shape): Shape {
		const how = this.#geos.GEOSMakeValidParams_create();
		this.#geos.GEOSMakeValidParams_setMethod(how, this.#geos.GEOSMakeValidMethods.GEOS_MAKE_VALID_STRUCTURE);
		const whole = this.#geos.GEOSMakeValidWithParams(shape, how);
		this.#geos.GEOSMakeValidParams_destroy(how);
		return this.#polygonsOf(this.#keep(whole));
	}

	#polygonsOf(whole: Shape): Shape {
		const parts = this.#parts(whole).map((part) => this.#geos.GEOSGeom_clone(part));
		const polygons = this.#keep(this.#gather(MULTIPOLYGON, parts));
		this.forget(whole);
		return polygons;
	}

	/** Polygons inside a shape of any kind; they stay its own. */
	#parts(shape: Shape): Shape[] {
		const type = this.#geos.GEOSGeomTypeId(shape);
		if (type === POLYGON) return this.#geos.GEOSisEmpty(shape) === 1 ? [] : [shape];
		if (type < MULTIPOLYGON) return [];
		const count = this.#geos.GEOSGetNumGeometries(shape);
		return Array.from({ length: count }, (_, n) => this.#geos.GEOSGetGeometryN(shape, n)).flatMap((part) =>
			this.#parts(part),
		);
	}

	/** Square units of its plane. */
	area(shape: Shape): number {
		if (this.#geos.GEOSArea(shape, this.#answer) !== 1) throw new Error(`GEOS: ${lastError}`);
		return this.#geos.Module.HEAPF64[this.#answer / DOUBLE] ?? 0;
	}

	/** Between the nearest points of two shapes. */
	distance(a: Shape, b: Shape): number {
		if (this.#geos.GEOSDistance(a, b, this.#answer) !== 1) throw new Error(`GEOS: ${lastError}`);
		return this.#geos.Module.HEAPF64[this.#answer / DOUBLE] ?? 0;
	}

	/** The polygons two shapes have in common. */
	common(a: Shape, b: Shape): Shape {
		return this.#polygonsOf(this.#keep(this.#geos.GEOSIntersection(a, b)));
	}

	/** Square units that two shapes have in common, the first made ready. */
	commonArea(ready: Ready, a: Shape, b: Shape): number {
		if (this.#geos.GEOSPreparedIntersects(ready, b) !== 1) return 0;
		if (this.#geos.GEOSPreparedCovers(ready, b) === 1) return this.area(b);
		const common = this.#keep(this.#geos.GEOSIntersection(a, b));
		const area = this.area(common);
		this.forget(common);
		return area;
	}

	/** A shape made ready; the shape itself must stay. */
	ready(shape: Shape): Ready {
		const ready = this.#geos.GEOSPrepare(shape);
		this.#ready.push(ready);
		return ready;
	}

	/** True when the point is in the shape or on its edge. */
	holds(ready: Ready, [x, y]: Point): boolean {
		return this.#geos.GEOSPreparedIntersectsXY(ready, x, y) === 1;
	}

	/** All the shapes as one. */
	union(shapes: Shape[]): Shape {
		return this.#joined(shapes, (all) => this.#geos.GEOSUnaryUnion(all));
	}

	/** The same, quicker, of shapes that share their edges and never overlap. */
	joinNeighbours(shapes: Shape[]): Shape {
		return this.#joined(shapes, (all) => this.#geos.GEOSCoverageUnion(all));
	}

	#joined(shapes: Shape[], join: (all: Shape) => Shape): Shape {
		const parts = shapes
			.flatMap((shape) => this.#parts(shape))
			.map((part) => this.#geos.GEOSGeom_clone(part));
		const all = this.#keep(this.#gather(MULTIPOLYGON, parts));
		const joined = this.#keep(join(all));
		this.forget(all);
		return this.#polygonsOf(joined);
	}

	/** The cell of each site, in their order, wide enough to cover `around`. */
	cells(sites: Shape, around: Shape): Shape[] {
		const { GEOS_VORONOI_PRESERVE_ORDER } = this.#geos.GEOSVoronoiFlags;
		const all = this.#keep(this.#geos.GEOSVoronoiDiagram(sites, around, 0, GEOS_VORONOI_PRESERVE_ORDER));
		const count = this.#geos.GEOSGetNumGeometries(all);
		// They stay the diagram's own, which is let go with the rest.
		return Array.from({ length: count }, (_, n) => this.#geos.GEOSGetGeometryN(all, n));
	}

	/** Its polygons, as lists of points. */
	rings(shape: Shape): Rings {
		return this.#parts(shape).map((part) => {
			const holes = this.#geos.GEOSGetNumInteriorRings(part);
			const inside = Array.from({ length: holes }, (_, n) => this.#geos.GEOSGetInteriorRingN(part, n));
			return [this.#geos.GEOSGetExteriorRing(part), ...inside].map((ring) => this.#points(ring));
		});
	}

	#points(ring: Shape): Point[] {
		const { Module } = this.#geos;
		const count = this.#geos.GEOSGeomGetNumPoints(ring);
		const at = Module._malloc(count * 2 * DOUBLE);
		this.#geos.GEOSCoordSeq_copyToBuffer(this.#geos.GEOSGeom_getCoordSeq(ring), at, 0, 0);
		const room = Module.HEAPF64.subarray(at / DOUBLE, at / DOUBLE + count * 2);
		const points = Array.from({ length: count }, (_, n): Point => [room[2 * n] ?? 0, room[2 * n + 1] ?? 0]);
		Module._free(at);
		return points;
	}
}
