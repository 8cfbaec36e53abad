import initGeos from 'geos-wasm';
import {
	DOUBLE,
	type Engine,
	gather,
	MULTIPOINT,
	MULTIPOLYGON,
	partsOf,
	pointsOf,
	polygonOf,
	type Shape,
} from './memory.ts';
import type { Rings } from './rings.ts';
import type { Point } from './territories.ts';

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
			gather(
				this.#geos,
				MULTIPOLYGON,
				rings.map((polygon) => polygonOf(this.#geos, polygon)),
			),
		);
	}

	/** Sites as one shape of points, in their order. */
	sites(points: Point[]): Shape {
		const each = points.map(([x, y]) => this.#geos.GEOSGeom_createPointFromXY(x, y));
		return this.#keep(gather(this.#geos, MULTIPOINT, each));
	}

	/** False when it crosses itself, when its rings overlap, and so on. */
	isValid(shape: Shape): boolean {
		return this.#geos.GEOSisValid(shape) === 1;
	}

	/**
	 * The nearest valid shape, its polygons alone: lines and points that the repair leaves have no ground. A hole takes
	 * ground and never adds any, where the engine's first method would fill what sticks out.
	 */
	repaired(shape: Shape): Shape {
		const how = this.#geos.GEOSMakeValidParams_create();
		this.#geos.GEOSMakeValidParams_setMethod(how, this.#geos.GEOSMakeValidMethods.GEOS_MAKE_VALID_STRUCTURE);
		const whole = this.#geos.GEOSMakeValidWithParams(shape, how);
		this.#geos.GEOSMakeValidParams_destroy(how);
		return this.#polygonsOf(this.#keep(whole));
	}

	#polygonsOf(whole: Shape): Shape {
		const parts = partsOf(this.#geos, whole).map((part) => this.#geos.GEOSGeom_clone(part));
		const polygons = this.#keep(gather(this.#geos, MULTIPOLYGON, parts));
		this.forget(whole);
		return polygons;
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
			.flatMap((shape) => partsOf(this.#geos, shape))
			.map((part) => this.#geos.GEOSGeom_clone(part));
		const all = this.#keep(gather(this.#geos, MULTIPOLYGON, parts));
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
		return partsOf(this.#geos, shape).map((part) => {
			const holes = this.#geos.GEOSGetNumInteriorRings(part);
			const inside = Array.from({ length: holes }, (_, n) => this.#geos.GEOSGetInteriorRingN(part, n));
			return [this.#geos.GEOSGetExteriorRing(part), ...inside].map((ring) => pointsOf(this.#geos, ring));
		});
	}
}
