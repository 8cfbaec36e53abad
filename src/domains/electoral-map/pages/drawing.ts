import type { MultiPolygon, Position } from 'geojson';
import { joined, type Ring } from './joined-rings.ts';

/** A station drawn: its outline in the picture's own unit, and where its number stands. */
export interface Shape {
	/** Place among the stations. */
	station: number;
	d: string;
	x: number;
	y: number;
}

/** Outlines as one picture, the same at every reading. */
export interface Drawing {
	width: number;
	height: number;
	/** Units of the picture in a kilometre. */
	perKm: number;
	shapes: Shape[];
}

/** Wide enough that one unit is less than a pixel of a phone. */
const WIDTH = 1000;
const MARGIN = 12;
const KM_PER_DEGREE = 111.2;

/**
 * Draws places side by side, north up, in a picture 1000 wide: points are kept to a thousandth of its width (18 m for
 * Paris). A place made of several outlines is drawn without what parts them. Null when there is nothing to draw.
 */
export function draw(places: MultiPolygon[][]): Drawing | null {
	const box = boxOf(places.flat());
	if (!box) return null;
	// A degree of longitude is shorter than one of latitude, by the cosine of where one is.
	const narrow = Math.cos((((box.south + box.north) / 2) * Math.PI) / 180);
	const wide = Math.max((box.east - box.west) * narrow, Number.EPSILON);
	const scale = (WIDTH - 2 * MARGIN) / wide;
	const height = Math.round((box.north - box.south) * scale) + 2 * MARGIN;
	const place = ([longitude = 0, latitude = 0]: Position): [number, number] => [
		Math.round((longitude - box.west) * narrow * scale) + MARGIN,
		Math.round((box.north - latitude) * scale) + MARGIN,
	];
	const shapes = places.flatMap((outlines, station) => {
		const parts = outlines.map(({ coordinates }) =>
			coordinates.flat().map((ring) => thinned(ring.map(place))),
		);
		const rings = parts.length > 1 ? joined(parts.flat()) : parts.flat();
		const largest = rings.toSorted((a, b) => Math.abs(areaOf(b)) - Math.abs(areaOf(a)))[0];
		if (!largest) return [];
		const [x, y] = middleOf(largest);
		return [{ station, d: rings.map(pathOf).join(''), x, y }];
	});
	return { width: WIDTH, height, perKm: scale / KM_PER_DEGREE, shapes };
}

function boxOf(outlines: MultiPolygon[]) {
	let box: { west: number; east: number; south: number; north: number } | null = null;
	for (const outline of outlines)
		for (const [longitude = 0, latitude = 0] of outline.coordinates.flat(2)) {
			box ??= { west: longitude, east: longitude, south: latitude, north: latitude };
			box.west = Math.min(box.west, longitude);
			box.east = Math.max(box.east, longitude);
			box.south = Math.min(box.south, latitude);
			box.north = Math.max(box.north, latitude);
		}
	return box;
}

/** Points that fall on the one before are of no use. */
const thinned = (ring: Ring): Ring =>
	ring.filter(([x, y], at) => at === 0 || x !== ring[at - 1]?.[0] || y !== ring[at - 1]?.[1]);

/** Each point by how far it is from the one before: half the length of its place. */
function pathOf(ring: Ring): string {
	const steps = ring.map(([x, y], at) => {
		const [fromX, fromY] = ring[at - 1] ?? [0, 0];
		return `${x - fromX}${y < fromY ? '' : ' '}${y - fromY}`;
	});
	const [start = '', ...others] = steps;
	if (others.length === 0) return `M${start}z`;
	return `M${start}l${others.map((step, at) => (at === 0 || step.startsWith('-') ? step : ` ${step}`)).join('')}z`;
}

function areaOf(ring: Ring): number {
	let twice = 0;
	for (const [at, [x, y]] of ring.entries()) {
		const [nextX, nextY] = ring[(at + 1) % ring.length] as [number, number];
		twice += x * nextY - nextX * y;
	}
	return twice / 2;
}

/** The centre of gravity; of a line, the middle of its points. */
function middleOf(ring: Ring): [number, number] {
	const area = areaOf(ring);
	let [sumX, sumY] = [0, 0];
	for (const [at, [x, y]] of ring.entries()) {
		const [nextX, nextY] = ring[(at + 1) % ring.length] as [number, number];
		const cross = area === 0 ? 1 : x * nextY - nextX * y;
		sumX += (area === 0 ? x : x + nextX) * cross;
		sumY += (area === 0 ? y : y + nextY) * cross;
	}
	const by = area === 0 ? ring.length : 6 * area;
	return [Math.round(sumX / by), Math.round(sumY / by)];
}
