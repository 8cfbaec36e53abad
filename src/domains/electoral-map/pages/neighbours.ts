import type { MultiPolygon } from 'geojson';
import type { StationKey } from '../model.ts';

/** A tenth of a metre: outlines drawn side by side share their points. */
const FINE = 1e6;

/** Stations whose outline has a side in common with that one: two points at least. In the order of keys. */
export function neighboursOf(outlines: Map<StationKey, MultiPolygon | null>, key: StationKey): StationKey[] {
	const own = pointsOf(outlines.get(key) ?? null);
	return [...outlines]
		.filter(([other, outline]) => other !== key && sharedBy(own, pointsOf(outline)) >= 2)
		.map(([other]) => other)
		.sort();
}

const sharedBy = (one: Set<string>, other: Set<string>) =>
	[...other].filter((point) => one.has(point)).length;

function pointsOf(outline: MultiPolygon | null): Set<string> {
	const points = outline?.coordinates.flat(2) ?? [];
	return new Set(points.map(([x = 0, y = 0]) => `${Math.round(x * FINE)} ${Math.round(y * FINE)}`));
}
