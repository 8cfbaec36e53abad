import { type Box, degrees, knownPlanes, type Plane, type Point, plane, territoryOf } from './territories.ts';

/** One shape to place: the commune it says it belongs to, and its box in the file's own numbers. */
export interface Placed {
	commune: string;
	box: Box;
	/** Where it must be, in degrees, when that is known better than by the territory of its commune. */
	within?: Box;
}

/**
 * The plane that puts every shape in its own part of France: the declared one if it does, else the first known one
 * that does (a Lyon file declares metres and holds degrees: the box is believed). Null when none does.
 */
export function choosePlane(
	placed: Placed[],
	declared: string | null,
): { plane: Plane /** What was declared cannot be. */; contradicts: boolean } | null {
	const said = declared === null ? null : declaredPlane(declared);
	const candidates = said ? [said, ...knownPlanes] : knownPlanes;
	const plane = candidates.find((candidate) => placed.every((shape) => isInFrance(shape, candidate)));
	return plane ? { plane, contradicts: said !== null && plane !== said } : null;
}

/** What a `.prj` or a `crs` names; null when nobody can tell. */
export function declaredPlane(text: string): Plane | null {
	const code = [...text.matchAll(/EPSG["':,\s]+(?:[\d.]*:)?(\d{4,5})/g)].at(-1)?.[1];
	if (code === '4326' || /CRS:?84/i.test(text)) return degrees;
	const known = code && knownPlanes.find(({ name }) => name === `EPSG:${code}`);
	if (known) return known;
	try {
		return plane(code ? `EPSG:${code}` : 'prj', code && !text.includes('[') ? `EPSG:${code}` : text);
	} catch {
		return null;
	}
}

function isInFrance(
	{ commune, box: [west, south, east, north], within }: Placed,
	{ inverse }: Plane,
): boolean {
	const bounds = within ?? territoryOf(commune)?.box;
	if (!bounds) return false;
	const corners: Point[] = [
		[west, south],
		[east, north],
	];
	return corners.every((corner) => isInside(inverse(corner), bounds));
}

function isInside([x, y]: Point, [west, south, east, north]: Box): boolean {
	return x >= west && x <= east && y >= south && y <= north;
}
