import type { MultiPolygon } from 'geojson';
import type { Shape } from './memory.ts';
import type { Pen } from './pen.ts';
import { boxOf, moved, type Rings } from './rings.ts';
import { type Box, degrees, type Plane, territoryOf } from './territories.ts';

/** A place drawn in the plane of its territory: square metres. */
export interface Ground {
	code: string;
	commune: string;
	shape: Shape;
	box: Box;
	rings: Rings;
}

/** The plane, in metres, of a commune. */
export function planeOf(commune: string): Plane {
	return territoryOf(commune)?.plane ?? degrees;
}

/** Draws an outline in metres; what the move to the plane made invalid is repaired. */
export function lay(pen: Pen, code: string, commune: string, outline: MultiPolygon): Ground {
	const rings = moved(outline.coordinates as Rings, planeOf(commune).forward);
	const drawn = pen.draw(rings);
	if (pen.isValid(drawn)) return { code, commune, shape: drawn, box: boxOf(rings), rings };
	const shape = pen.repaired(drawn);
	return { code, commune, shape, box: boxOf(rings), rings: pen.rings(shape) };
}

/** Several things by their commune. */
export function byCommune<T extends { commune: string }>(things: readonly T[]): Map<string, T[]> {
	return Map.groupBy(things, ({ commune }) => commune);
}

/** The order of codes, the same on every machine. */
export function inOrder(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}
