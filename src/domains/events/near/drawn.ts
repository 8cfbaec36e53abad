/** A point of the map, with the number that the list gives it. */
export interface Dot {
	id: string;
	n: number;
	title: string;
	x: number;
	y: number;
}

/** A map without outlines: where events are to one another, north up, and a measure. */
export interface Plot {
	width: number;
	height: number;
	dots: Dot[];
	/** Length of the measure, in the picture and on the ground. */
	bar: { width: number; km: number };
}

interface Placed {
	id: string;
	title: string;
	latitude: number | null;
	longitude: number | null;
}

const WIDTH = 640;
const HEIGHT = 400;
const MARGIN = 44;
const KM_PER_DEGREE = 111.2;
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** Draws those whose place is known; null when fewer than two are: one dot says nothing. Numbers are those of the list. */
export function plot(events: readonly Placed[]): Plot | null {
	const placed = events.flatMap(({ id, title, latitude, longitude }, at) =>
		latitude === null || longitude === null ? [] : [{ id, title, n: at + 1, latitude, longitude }],
	);
	if (placed.length < 2) return null;
	const [south, north] = bounds(placed.map(({ latitude }) => latitude));
	const [west, east] = bounds(placed.map(({ longitude }) => longitude));
	// A degree of longitude is shorter than one of latitude, by the cosine of where one is.
	const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180);
	const [wide, high] = [Math.max((east - west) * narrow, 0.005), Math.max(north - south, 0.005)];
	const scale = Math.min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high);
	const [left, top] = [(WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2];
	const dots = placed.map(({ latitude, longitude, ...one }) => ({
		...one,
		x: Math.round(left + (longitude - west) * narrow * scale),
		y: Math.round(top + (north - latitude) * scale),
	}));
	const perKm = scale / KM_PER_DEGREE;
	const km = steps.findLast((step) => step * perKm <= WIDTH / 3) ?? steps[0]!;
	return { width: WIDTH, height: HEIGHT, dots, bar: { width: Math.round(km * perKm), km } };
}

const bounds = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
