import type { IrisOutline, RegisterAddress, Remark, StationKey, StationOutline } from '../model.ts';
import { byCommune, inOrder, lay, planeOf } from './grounds.ts';
import { counted, remarkOn } from './layer.ts';
import type { Shape } from './memory.ts';
import { drawing, type Pen } from './pen.ts';
import { keepInside, pointOf } from './register.ts';
import { moved } from './rings.ts';
import type { Point } from './territories.ts';

/** Outlines that nobody published: drawn from where the voters of each station live. */
export interface DrawnOutlines {
	outlines: StationOutline[];
	remarks: Remark[];
}

/**
 * Draws the stations of each commune from the addresses of its register: each bit of ground goes to the station of the
 * nearest address. The stations of a commune share its ground out: no overlap, nothing left. A commune is the union of
 * its IRIS. A station none of whose addresses can be used has no outline.
 */
export function drawStations(addresses: RegisterAddress[], communes: IrisOutline[]): Promise<DrawnOutlines> {
	return drawing((pen) => {
		const { kept, outside } = keepInside(pen, addresses, communes);
		const inside = byCommune(kept);
		const grounds = byCommune(communes);
		const outlines = [...byCommune(addresses)].flatMap(([commune, all]) =>
			shareOut(pen, commune, all, inside.get(commune) ?? [], grounds.get(commune) ?? []),
		);
		const bare = outlines.filter(({ outline }) => !outline).map(({ key }) => key);
		const remarks = [...counted('remark_address_outside', outside), ...remarkOn('remark_not_drawn', bare)];
		return { outlines: outlines.sort((a, b) => inOrder(a.key, b.key)), remarks };
	});
}

function shareOut(
	pen: Pen,
	commune: string,
	all: RegisterAddress[],
	inside: RegisterAddress[],
	parts: IrisOutline[],
): StationOutline[] {
	const keys = [...new Set(all.map(({ key }) => key))];
	const shapes = new Map<StationKey, Shape>();
	const laid = parts.map(({ iris, outline }) => lay(pen, iris, commune, outline).shape);
	const ground = laid.length > 1 ? pen.union(laid) : laid[0];
	if (ground !== undefined) {
		const sites = sitesOf(inside);
		if (keys.length === 1 && keys[0]) shapes.set(keys[0], ground);
		else if (sites.length) for (const [key, shape] of share(pen, ground, sites)) shapes.set(key, shape);
	}
	return keys.map((key) => ({ key, commune, outline: inDegrees(pen, commune, shapes.get(key)) }));
}

function inDegrees(pen: Pen, commune: string, shape: Shape | undefined): StationOutline['outline'] {
	const rings = shape === undefined ? [] : pen.rings(shape);
	return rings.length ? { type: 'MultiPolygon', coordinates: moved(rings, planeOf(commune).inverse) } : null;
}

interface Site {
	point: Point;
	key: StationKey;
}

// Two doors of one house are one site: cells thinner than that are no ground, and the engine dislikes them.
const GRAIN = 0.1;

/** One site per point of the ground; where several stations have the same, the one with most addresses there. */
function sitesOf(addresses: RegisterAddress[]): Site[] {
	const points = new Map<string, { point: Point; counts: Map<StationKey, number> }>();
	for (const address of addresses) {
		const [x, y] = pointOf(address).map((metres) => Math.round(metres / GRAIN) * GRAIN) as Point;
		const site = points.get(`${x} ${y}`) ?? { point: [x, y] as Point, counts: new Map() };
		site.counts.set(address.key, (site.counts.get(address.key) ?? 0) + address.addresses);
		points.set(`${x} ${y}`, site);
	}
	return [...points.values()].map(({ point, counts }) => {
		const [first] = [...counts].sort(([a, n], [b, m]) => m - n || inOrder(a, b));
		return { point, key: first?.[0] ?? '' };
	});
}

function share(pen: Pen, ground: Shape, sites: Site[]): Map<StationKey, Shape> {
	const keys = new Set(sites.map(({ key }) => key));
	const [only] = keys;
	if (keys.size === 1 && only) return new Map([[only, ground]]);
	const cells = pen.cells(pen.sites(sites.map(({ point }) => point)), ground);
	const byKey = Map.groupBy(
		cells.map((cell, at) => ({ cell, key: sites[at]?.key ?? '' })),
		({ key }) => key,
	);
	const cut = (join: (shapes: Shape[]) => Shape) =>
		new Map([...byKey].map(([key, own]) => [key, pen.common(ground, join(own.map(({ cell }) => cell)))]));
	const quick = cut((own) => pen.joinNeighbours(own));
	if (isWhole(pen, ground, quick)) return quick;
	const sure = cut((own) => pen.union(own));
	if (isWhole(pen, ground, sure)) return sure;
	throw new Error('the cells do not share the ground out');
}

/** Nothing lost, nothing counted twice: to a millionth of the ground. */
function isWhole(pen: Pen, ground: Shape, shares: Map<StationKey, Shape>): boolean {
	const sum = [...shares.values()].reduce((total, shape) => total + pen.area(shape), 0);
	return Math.abs(sum / pen.area(ground) - 1) < 1e-6;
}
