/** Points of the picture, one after the other; the last one joins the first. */
export type Ring = [number, number][];

type Point = Ring[number];

/** Outlines side by side as one: a side that two of them have in common is drawn by neither. */
export function joined(rings: Ring[]): Ring[] {
	const sides = sidesOf(rings);
	const from = new Map<string, Point[]>();
	const lead = (here: Point, there: Point) =>
		from.set(String(here), [...(from.get(String(here)) ?? []), there]);
	for (const [a, b] of sides) {
		lead(a, b);
		lead(b, a);
	}
	const found: Ring[] = [];
	for (const [a] of sides) {
		const ring = walkFrom(a, from);
		if (ring.length > 2) found.push(ring);
	}
	return found;
}

/** Sides drawn an odd number of times: those of one outline alone. */
function sidesOf(rings: Ring[]): [Point, Point][] {
	const sides = new Map<string, [Point, Point]>();
	for (const [a, b] of rings.flatMap(sidesOfOne)) {
		const key = [String(a), String(b)].sort().join(' ');
		if (!sides.delete(key)) sides.set(key, [a, b]);
	}
	return [...sides.values()];
}

const sidesOfOne = (ring: Ring): [Point, Point][] =>
	ring
		.map((a, at): [Point, Point] => [a, ring[(at + 1) % ring.length] as Point])
		.filter(([a, b]) => String(a) !== String(b));

/** Goes from side to side until none is left there; each side is walked once. */
function walkFrom(start: Point, from: Map<string, Point[]>): Ring {
	const ring: Ring = [];
	for (let here = start; ; ) {
		const next = from.get(String(here))?.pop();
		if (!next) return ring;
		const back = from.get(String(next)) ?? [];
		back.splice(
			back.findIndex((point) => String(point) === String(here)),
			1,
		);
		ring.push(here);
		here = next;
	}
}
