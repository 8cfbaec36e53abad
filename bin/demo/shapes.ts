import type { MultiPolygon } from 'geojson';

/** On a sheet of 1080 by 880, as it is drawn by hand. */
export type Point = readonly [x: number, y: number];

/** The town's limit: a round shape that is not a circle. */
export function shore(): Point[] {
	return Array.from({ length: 72 }, (_, n): Point => {
		const turn = (n / 72) * 2 * Math.PI;
		const far = 1 + 0.07 * Math.sin(2 * turn + 0.6) + 0.05 * Math.sin(3 * turn + 2);
		return [545 + 455 * far * Math.cos(turn), 445 + 330 * far * Math.sin(turn)];
	});
}

/** Of the town, what is nearer to this point than to the others. */
export function cell(town: Point[], points: readonly Point[], n: number): Point[] {
	const here = points[n] as Point;
	return points.reduce<Point[]>(
		(left, other, at) => (at === n ? left : keep(left, (point) => far(point, other) - far(point, here))),
		town,
	);
}

const far = ([x, y]: Point, [a, b]: Point) => (x - a) ** 2 + (y - b) ** 2;

/** What a shape has in common with one that has no hollow. */
export function clip(shape: Point[], by: Point[]): Point[] {
	const turn = Math.sign(signed(by));
	return by.reduce<Point[]>((left, [x, y], n) => {
		const [a, b] = by[(n + 1) % by.length] as Point;
		return keep(left, ([px, py]) => turn * ((a - x) * (py - y) - (b - y) * (px - x)));
	}, shape);
}

/** The side of a line where `side` is not negative. */
function keep(shape: Point[], side: (point: Point) => number): Point[] {
	return shape.flatMap((point, n) => {
		const next = shape[(n + 1) % shape.length] as Point;
		const [here, there] = [side(point), side(next)];
		const kept: Point[] = here >= 0 ? [point] : [];
		if (here >= 0 === there >= 0) return kept;
		const part = here / (here - there);
		return [...kept, [point[0] + part * (next[0] - point[0]), point[1] + part * (next[1] - point[1])]];
	});
}

function signed(shape: Point[]): number {
	return shape.reduce((sum, [x, y], n) => {
		const [a, b] = shape[(n + 1) % shape.length] as Point;
		return sum + (x * b - a * y) / 2;
	}, 0);
}

export const areaOf = (shape: Point[]) => Math.abs(signed(shape));

/** Somewhere in the sea, where no commune is. */
export function toDegrees(shape: Point[]): MultiPolygon {
	const ring = shape.map(([x, y]) => [-6 + x / 15_000, 46.5 - y / 21_800]);
	return { type: 'MultiPolygon', coordinates: [[[...ring, ring[0] as number[]]]] };
}
