import type { MultiPolygon } from 'geojson';
import type { IrisOutline, StationOutline } from '../model.ts';
import type { OutlineFile } from './layer.ts';

/** A rectangle in degrees, as the rings of one polygon. */
export function rectangle(west: number, south: number, east: number, north: number): [number, number][][] {
	return [
		[
			[west, south],
			[east, south],
			[east, north],
			[west, north],
			[west, south],
		],
	];
}

/** An outline of one or more rectangles. */
export function outline(...boxes: [number, number, number, number][]): MultiPolygon {
	return { type: 'MultiPolygon', coordinates: boxes.map((box) => rectangle(...box)) };
}

export const iris = (code: string, ...boxes: [number, number, number, number][]): IrisOutline => ({
	iris: code,
	commune: code.slice(0, 5),
	outline: outline(...boxes),
});

export const station = (key: string, ...boxes: [number, number, number, number][]): StationOutline => ({
	key,
	commune: key.slice(0, 5),
	outline: boxes.length ? outline(...boxes) : null,
});

type Feature = { properties: Record<string, unknown>; geometry: unknown };

/** A GeoJSON file with these features. */
export function geojson(features: Feature[], more: object = {}): OutlineFile {
	const all = features.map((feature) => ({ type: 'Feature', ...feature }));
	return {
		form: 'json',
		bytes: Buffer.from(JSON.stringify({ type: 'FeatureCollection', ...more, features: all })),
	};
}
