/**
 * The product's own signs, as pure functions that return SVG: same seed, same drawing, on every machine.
 * Colours come from classes (styles/components/signs.css), so that drawings follow the theme and the dark mode.
 * Only these strings, and icons, ever go through `{@html}`.
 */
import { kept } from '#platform/wording/kept.ts';

/**
 * The class that colours a level. `depth` 0 is the closest to people, `levels` counts them all (2 to 5).
 * The widest level always has the same colour, and so has the closest: bearings survive a change of organisation.
 */
export function levelTone(depth: number, levels: number): string {
	if (depth >= levels - 1 && levels > 1) return 'tone-top';
	return `tone-${Math.min(Math.max(depth, 0), 3)}`;
}

/** The shapes of a level, on a 24 × 24 grid: one dot and its rings; the level that speaks is bold. */
export const levelGlyph = kept<[depth: number, levels?: number], string>(100, (depth, levels = 4) => {
	const outer = Array.from({ length: levels - 1 }, (_, i) => ring(i + 1, levels, depth === i + 1));
	const dot = `<circle cx="12" cy="12" fill="currentColor" ${depth === 0 ? 'r="3.4"' : 'r="1.7" opacity=".45"'}/>`;
	return `${dot}${outer.join('')}`;
});

function ring(rank: number, levels: number, bold: boolean): string {
	const radius = levels === 2 ? 9 : 5.6 + (5.5 * (rank - 1)) / (levels - 2);
	const weight = bold ? 'stroke-width="2.3"' : 'stroke-width="1" opacity=".38"';
	return `<circle cx="12" cy="12" r="${radius.toFixed(1)}" fill="none" stroke="currentColor" ${weight}/>`;
}

/**
 * Contour lines for what has no picture. `seed` is a stable id; `width` and `height` give the shape (the picture fills its box).
 * Decorative.
 */
export const cover = kept<[seed: string, width?: number, height?: number], string>(
	300,
	(seed, width = 720, height = 260) => {
		const random = randomFrom(seed);
		const centres: Point[] = [
			[width * (0.12 + 0.25 * random()), height * (0.2 + 0.7 * random())],
			[width * (0.6 + 0.3 * random()), height * (0.1 + 0.7 * random())],
		];
		const land: Land = {
			phase: Array.from({ length: 6 }, () => random() * 2 * Math.PI),
			height: Array.from({ length: 3 }, () => 0.05 + 0.07 * random()),
			frame: [width, height],
		};
		const [first, second] = centres as [Point, Point];
		const big = contour(land, second, height * (0.42 + 0.1 * random()), 1);
		const small = contour(land, [first[0] + width * 0.12, first[1]], height * (0.3 + 0.08 * random()), 0);
		const step = Math.max(11, height / 15);
		const lines = contours(land, first, step, Math.hypot(width, height) * 0.95, 0);
		const lines2 = contours(land, second, step * 0.9, height * 0.5, 1);
		return [
			`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">`,
			`<rect class="cover-base" width="${width}" height="${height}"/>`,
			`<path class="cover-ink-2" d="${small}"/><path class="cover-ink-3" d="${big}"/>`,
			`<path class="cover-lines" stroke-width="1.6" d="${lines}"/><path class="cover-lines-2" stroke-width="1.6" d="${lines2}"/></svg>`,
		].join('');
	},
);

/**
 * A portrait for who has no photograph: initials on a tint, never a face, never a guessed gender.
 * `name` may hold anything: it is escaped. `seed` (default: the name) chooses the tint. With `decorative`, the name is
 * written beside and the drawing stays silent. `once` (ui/once.ts) has the rings drawn by the first portrait of the page alone.
 */
export function portrait(
	name: string,
	{ seed = name, decorative = false, once = (_, shapes) => shapes }: PortraitOptions = {},
): string {
	const { before, after } = drawnPortrait(name, seed, decorative);
	return before + once('rings', portraitRings) + after;
}

interface PortraitOptions {
	seed?: string;
	decorative?: boolean;
	once?: (id: string, shapes: string) => string;
}

const portraitRings = [10, 17, 24, 31, 38].map((r) => `<circle r="${r}"/>`).join('');

const drawnPortrait = kept(2000, (name: string, seed: string, decorative: boolean) => {
	const random = randomFrom(seed);
	const tint = Math.floor(random() * 6);
	const cx = (8 + random() * 32).toFixed(1);
	const cy = (random() < 0.5 ? 2 + random() * 8 : 38 + random() * 8).toFixed(1);
	const voice = decorative ? 'aria-hidden="true"' : `role="img" aria-label="${escaped(name)}"`;
	return {
		before: `<svg class="portrait tint-${tint}" viewBox="0 0 48 48" ${voice}><rect width="48" height="48"/><g transform="translate(${cx} ${cy})">`,
		after: `</g><text x="24" y="25">${escaped(initials(name))}</text></svg>`,
	};
});

/** The drawing of an empty list: two inks that cross, and the rings. Decorative. */
export function emptyDrawing(): string {
	const rings = [10, 20, 30, 40].map((r) => `<circle cx="92" cy="60" r="${r}"/>`).join('');
	return (
		'<svg class="drawing" viewBox="0 0 180 120" aria-hidden="true"><circle class="ink-1" cx="72" cy="60" r="46"/>' +
		`<circle class="ink-2" cx="112" cy="60" r="46"/><g class="pen">${rings}</g></svg>`
	);
}

type Point = [number, number];
type Land = { phase: number[]; height: number[]; frame: Point };
/** Enough for the eye, and light on the wire. */
const POINTS = 40;

function contours(land: Land, centre: Point, step: number, max: number, turn: number): string {
	let path = '';
	for (let radius = step * 0.8; radius < max; radius += step) path += contour(land, centre, radius, turn);
	return path;
}

/** One closed line around a centre. */
function contour({ phase, height, frame }: Land, [cx, cy]: Point, radius: number, turn: number): string {
	const points: Point[] = [];
	for (let i = 0; i < POINTS; i++) {
		const t = (i / POINTS) * 2 * Math.PI;
		const bend =
			1 +
			(height[0] ?? 0) * Math.sin(2 * t + (phase[turn] ?? 0) + radius * 0.004) +
			(height[1] ?? 0) * Math.sin(3 * t + (phase[turn + 2] ?? 0) - radius * 0.006) +
			(height[2] ?? 0) * 0.6 * Math.sin(5 * t + (phase[turn + 4] ?? 0) + radius * 0.003);
		points.push([
			Math.round(cx + radius * bend * Math.cos(t) * 1.08),
			Math.round(cy + radius * bend * Math.sin(t) * 0.92),
		]);
	}
	return pathOf(points.filter((_, i) => !hidden(frame, points, i)));
}

/** A point that is out of the frame on the same side as its two neighbours: dropping it changes nothing that shows. */
function hidden(frame: Point, points: Point[], i: number): boolean {
	const [before, here, after] = [-1, 0, 1].map((d) =>
		sideOf(frame, points[(i + d + points.length) % points.length]),
	);
	return here !== 'inside' && before === here && after === here;
}

/** One side only for each point, or a line dropped around a corner would cut through the picture. */
function sideOf([width, height]: Point, [x, y]: Point = [0, 0]): string {
	if (x < 0) return 'left';
	if (x > width) return 'right';
	if (y < 0) return 'above';
	return y > height ? 'below' : 'inside';
}

/** Relative steps: half the bytes of absolute ones. */
function pathOf(points: Point[]): string {
	if (points.length < 3) return '';
	const steps = points.map(([x, y], i) => {
		const [px, py] = points[i - 1] ?? [0, 0];
		return `${x - px} ${y - py}`.replace(' -', '-');
	});
	return `M${steps[0]}l${steps.slice(1).join(' ').replaceAll(' -', '-')}z`;
}

function initials(name: string): string {
	const words = name.split(/[\s\-’']+/u).filter((word) => /^\p{L}/u.test(word));
	const capitals = words.filter((word) => /^\p{Lu}/u.test(word));
	return (capitals.length > 0 ? capitals : words)
		.slice(0, 2)
		.map((word) => [...word][0]?.toLocaleUpperCase('fr') ?? '')
		.join('');
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (c) => `&#${c.codePointAt(0)};`);
}

/** Small seeded generator (FNV-1a then mulberry32): the drawing is a function of the seed alone. */
function randomFrom(seed: string): () => number {
	let h = 2166136261;
	for (const ch of seed) h = Math.imul(h ^ (ch.codePointAt(0) ?? 0), 16777619);
	return () => {
		h = (h + 0x6d2b79f5) | 0;
		let t = Math.imul(h ^ (h >>> 15), h | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}
