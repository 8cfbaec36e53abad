import type { IrisOutline, Remark, StationOutline } from '../model.ts';
import { type Identity, irisOf, stationOf } from './fields.ts';
import { readGeojson } from './geojson.ts';
import { counted, type Layer, type OutlineFile, refuseGround, remarkOn, some } from './layer.ts';
import { drawing, type Pen } from './pen.ts';
import { choosePlane } from './projection.ts';
import { boxOf, moved, type Rings, ringsOf } from './rings.ts';
import { readShapefile } from './shapefile.ts';
import { degrees } from './territories.ts';

/** Outlines in degrees, one per code, each valid; and what had to be done for that. */
export interface OutlinesRead<T> {
	outlines: T[];
	remarks: Remark[];
}

/**
 * Reads the outlines of stations. Those without a usable shape are kept, without one.
 * Throws a Refusal, with the sentence to show, when nothing of the file can be believed.
 */
export async function readStations(file: OutlineFile): Promise<OutlinesRead<StationOutline>> {
	const { drawn, remarks } = await readDrawn(file, stationOf);
	const outlines = drawn.map(({ code, commune, rings }) => ({
		key: code,
		commune,
		outline: rings.length ? { type: 'MultiPolygon' as const, coordinates: rings } : null,
	}));
	return { outlines, remarks };
}

/** The same for IRIS, or communes that are not cut. Those without a usable shape are left out. */
export async function readIrises(file: OutlineFile): Promise<OutlinesRead<IrisOutline>> {
	const { drawn, remarks } = await readDrawn(file, irisOf);
	const outlines = drawn
		.filter(({ rings }) => rings.length > 0)
		.map(({ code, commune, rings }) => ({
			iris: code,
			commune,
			outline: { type: 'MultiPolygon' as const, coordinates: rings },
		}));
	return { outlines, remarks };
}

/** One place: every shape that the file gives under its code. */
interface Drawn extends Identity {
	rings: Rings;
	/** More than one shape under the same code. */
	inParts: boolean;
}

type Identify = (properties: Record<string, unknown>) => Identity | null;

async function readDrawn(file: OutlineFile, identify: Identify) {
	const layer = file.form === 'json' ? readGeojson(file.bytes) : readShapefile(file);
	const { named, remarks } = nameFeatures(layer, identify);
	const { places, twice } = gather(named);
	const placed = inDegrees(places, layer.declared);
	const { drawn, repaired } = await drawing((pen) => repairAll(pen, placed.places));
	const without = drawn.filter(({ rings }) => rings.length === 0).map(({ code }) => code);
	const inParts = drawn.filter((place) => place.inParts).map(({ code }) => code);
	remarks.push(
		...placed.remarks,
		...remarkOn('remark_same_outline_twice', twice),
		...remarkOn('remark_outline_in_parts', inParts),
		...remarkOn('remark_repaired', repaired),
		...remarkOn('remark_no_shape', without),
	);
	return { drawn, remarks };
}

function nameFeatures({ features }: Layer, identify: Identify) {
	const named = features.flatMap(({ properties, geometry }): Drawn[] => {
		const found = identify(properties);
		return found ? [{ ...found, rings: ringsOf(geometry), inParts: false }] : [];
	});
	if (named.length === 0)
		refuseGround('ground_no_code', { columns: some(Object.keys(features[0]?.properties ?? {})) });
	if (named.every(({ rings }) => rings.length === 0)) refuseGround('ground_no_polygon');
	return { named, remarks: counted('remark_no_code', features.length - named.length) };
}

/** One place per code: the same shape given twice counts once, several shapes are its parts. */
function gather(named: Drawn[]): { places: Drawn[]; twice: string[] } {
	const twice: string[] = [];
	const places = [...Map.groupBy(named, ({ code }) => code).values()].flatMap((all) => {
		const [first, ...others] = all;
		if (!first || others.length === 0) return first ?? [];
		const shapes = new Map(all.map(({ rings }) => [JSON.stringify(rings), rings]));
		if (shapes.size < all.length) twice.push(first.code);
		const parts = [...shapes.values()].filter((rings) => rings.length > 0);
		return { ...first, rings: parts.flat(), inParts: parts.length > 1 };
	});
	return { places, twice };
}

function inDegrees(places: Drawn[], declared: string | null): { places: Drawn[]; remarks: Remark[] } {
	const placed = places
		.filter(({ rings }) => rings.length > 0)
		.map(({ rings, ...place }) => ({ ...place, box: boxOf(rings) }));
	const choice = choosePlane(placed, declared);
	if (!choice) return refuseGround('ground_outside_france', extentOf(places));
	const { plane, contradicts } = choice;
	const remarks: Remark[] = contradicts
		? [{ key: 'electoral-map.remark_projection_contradicted', args: { found: plane.name } }]
		: [];
	if (plane === degrees) return { places, remarks };
	return { places: places.map((place) => ({ ...place, rings: moved(place.rings, plane.inverse) })), remarks };
}

function extentOf(places: Drawn[]): Record<string, number> {
	const [west, south, east, north] = boxOf(places.flatMap(({ rings }) => rings));
	return { west, south, east, north };
}

function repairAll(pen: Pen, places: Drawn[]): { drawn: Drawn[]; repaired: string[] } {
	const repaired: string[] = [];
	const drawn = places.map((place) => {
		if (place.rings.length === 0) return place;
		const shape = pen.draw(place.rings);
		const isValid = pen.isValid(shape);
		if (!isValid && !place.inParts) repaired.push(place.code);
		const rings = isValid ? place.rings : pen.rings(pen.repaired(shape));
		pen.forget(shape);
		return { ...place, rings };
	});
	return { drawn, repaired };
}
