import type { Commune, NearEvent, Ring } from './near.ts';

/** What is listed: an event, or what another page puts beside it. */
export interface Item {
	id: string;
	href: string;
	title: string;
	startsAt: Date;
	timeZone?: string;
	/** Place, commune, who organises: what is known of it, in this order. */
	where: string[];
	ring: Ring;
	at: Commune | null;
	/** What it is, when it is no event. */
	tag?: string;
}

/** Communes as another page draws them: see `groundAround` of the electoral map. */
interface Ground {
	width: number;
	height: number;
	perKm: number;
	shapes: { commune: string; d: string; x: number; y: number }[];
}

/** One commune where something is, by the number that the list gives it. */
export interface Mark {
	n: number;
	name: string;
	x: number;
	y: number;
	items: { id: string; title: string }[];
}

/** A map: communes, one's own among them; how far it is; where things are. In units of the picture, north up. */
export interface NearMap {
	width: number;
	height: number;
	shapes: { commune: string; d: string; isHome: boolean }[];
	marks: Mark[];
	/** So many kilometres around home; none where home is not on the map. */
	circles: Circle[];
	bar: { width: number; km: number };
	/** The name of one's own commune, when it is drawn. */
	home: string | null;
}

interface Circle {
	x: number;
	y: number;
	r: number;
	km: number;
	/** Where its measure is written, on it. */
	at: { x: number; y: number };
}

/** A finger's width on a phone, when the picture is 320 pixels wide. */
const RADIUS = 38;
const kilometres = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** Communes to draw: one's own, then those of what is around, the closest first. What is in another region says nothing of "near". */
export function communesToDraw(home: readonly Commune[], items: readonly Item[]): string[] {
	const around = items.flatMap(({ at, ring }) =>
		at && (ring !== 'further' || !home.length) ? [at.code] : [],
	);
	return [...new Set([...home.map(({ code }) => code), ...around])];
}

/** Places items, in the order of the list, on the ground that could be drawn; null when nothing is on it. */
export function mapOf(
	home: readonly Commune[],
	items: readonly Item[],
	ground: Ground | null,
): NearMap | null {
	if (!ground) return null;
	const marks = marksOn(ground, items);
	if (!marks.length) return null;
	const isHome = (code: string) => home.some((one) => one.code === code);
	const own = ground.shapes.filter(({ commune }) => isHome(commune));
	// Of several, where a unit covers many, none is the middle.
	const centre = own.length === 1 ? own[0]! : null;
	const { width, height, perKm } = ground;
	return {
		...{ width, height, marks: spread(marks, ground) },
		shapes: ground.shapes.map(({ commune, d }) => ({ commune, d, isHome: isHome(commune) })),
		circles: centre ? circlesAround(centre, ground) : [],
		bar: barOf(width, perKm),
		home: home.find(({ code }) => code === centre?.commune)?.name ?? null,
	};
}

function marksOn(ground: Ground, items: readonly Item[]): Mark[] {
	const marks = new Map<string, Mark>();
	for (const { id, title, at } of items) {
		const shape = ground.shapes.find(({ commune }) => commune === at?.code);
		if (!shape || !at) continue;
		const { x, y } = shape;
		const mark = marks.get(at.code) ?? { n: marks.size + 1, name: at.name, x, y, items: [] };
		mark.items.push({ id, title });
		marks.set(at.code, mark);
	}
	return [...marks.values()];
}

/** Numbers that would hide one another are moved apart, no further than it takes, and stay in the picture. */
function spread(marks: Mark[], { width, height }: Ground): Mark[] {
	const placed = marks.map((mark) => ({ ...mark }));
	const held = (value: number, most: number) => Math.max(Math.min(value, most - RADIUS), RADIUS);
	for (let turn = 0; turn < 40; turn++) {
		for (const [at, one] of placed.entries()) for (const other of placed.slice(at + 1)) push(one, other);
		for (const mark of placed) Object.assign(mark, { x: held(mark.x, width), y: held(mark.y, height) });
	}
	return placed.map((mark) => ({ ...mark, x: Math.round(mark.x), y: Math.round(mark.y) }));
}

function push(one: Mark, other: Mark): void {
	// At one and the same point, each goes its own way.
	const [dx, dy] = [other.x - one.x || 0.1 * other.n, other.y - one.y || 0.1];
	const far = Math.hypot(dx, dy);
	if (far >= 2 * RADIUS) return;
	const by = (2 * RADIUS - far) / 2 / far;
	one.x -= dx * by;
	one.y -= dy * by;
	other.x += dx * by;
	other.y += dy * by;
}

/** Those whose measure can be written in the picture. */
function circlesAround({ x, y }: { x: number; y: number }, { width, height, perKm }: Ground): Circle[] {
	const reach = Math.max(x, width - x, y, height - y);
	const step = kilometres.find((km) => km * perKm >= Math.max(reach / 4, 3 * RADIUS)) ?? kilometres.at(-1)!;
	return [1, 2, 3].flatMap((times) => {
		const r = Math.round(times * step * perKm);
		const sides = [
			{ x, y: y - r },
			{ x, y: y + r },
			{ x: x + r, y },
			{ x: x - r, y },
		];
		const at = sides.find((side) => within(side.x, width) && within(side.y, height));
		return at ? [{ x, y, r, km: times * step, at }] : [];
	});
}

const within = (value: number, most: number) => value >= RADIUS && value <= most - RADIUS;

function barOf(width: number, perKm: number): { width: number; km: number } {
	const km = kilometres.findLast((one) => one * perKm <= width / 3) ?? kilometres[0]!;
	return { width: Math.round(km * perKm), km };
}

/** Events as they are listed, `says` being what the page says of one from afar and of one that comes back: its next date alone. */
export function itemsOf(events: readonly NearEvent[], says: { online: string; again: string }): Item[] {
	const dates = Map.groupBy(events, ({ id, seriesId }) => seriesId ?? id);
	return [...dates.values()].map(([first, ...others]) => {
		const item = itemOf(first!, says.online);
		return others.length ? { ...item, tag: says.again } : item;
	});
}

const itemOf = (event: NearEvent, online: string): Item => ({
	id: event.id,
	href: `/evenements/${event.id}`,
	title: event.title,
	startsAt: event.startsAt,
	timeZone: event.timeZone,
	where: [
		event.placeName,
		event.commune,
		!event.placeName && event.isOnline && online,
		event.unit?.name ?? event.group?.name,
	].filter((one): one is string => typeof one === 'string' && one !== ''),
	ring: event.ring,
	at: event.at,
});
