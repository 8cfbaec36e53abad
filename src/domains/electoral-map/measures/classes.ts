import { type Column, walk } from './ranks.ts';

/** The class of a station that has no figure. */
export const NO_CLASS = 255;

/** Classes of equal size, shared by map, drawing and table. */
export interface Classes {
	/** The highest figure of each class but the last. */
	cuts: number[];
	/** From 0, the lowest; NO_CLASS without a figure or outside. */
	classes: Uint8Array;
}

/** Terciles (`parts` 3) or quintiles (5) of the stations inside; equal figures are in one class. */
export function classesOf(column: Column, inside: Uint8Array, parts: 3 | 5): Classes {
	const { stations, figures } = walk(column, inside);
	const cuts = Array.from(
		{ length: parts - 1 },
		(_, n) => figures[Math.ceil((figures.length * (n + 1)) / parts) - 1] ?? Number.NaN,
	);
	const classes = new Uint8Array(inside.length).fill(NO_CLASS);
	for (let at = 0; at < stations.length; at++)
		classes[stations[at] as number] = classOf(figures[at] as number, cuts);
	return { cuts, classes };
}

/** The class of one figure. */
export function classOf(value: number, cuts: number[]): number {
	if (Number.isNaN(value)) return NO_CLASS;
	let found = 0;
	for (const cut of cuts) if (value > cut) found++;
	return found;
}

/** Two figures on one map. */
export interface Bivariate {
	across: Classes;
	up: Classes;
	/** `up * 3 + across`, from 0 (low, low) to 8 (high, high); NO_CLASS when one is missing. */
	cells: Uint8Array;
	/** How many stations each of the nine holds. */
	sizes: number[];
}

/** Nine classes, three by three, by terciles of both figures. */
export function bivariate(across: Column, up: Column, inside: Uint8Array): Bivariate {
	const both = inside.map((isIn, at) =>
		isIn && !Number.isNaN(across.values[at]) && !Number.isNaN(up.values[at]) ? 1 : 0,
	);
	const [a, b] = [classesOf(across, both, 3), classesOf(up, both, 3)];
	const cells = both.map((isIn, at) =>
		isIn ? (b.classes[at] as number) * 3 + (a.classes[at] as number) : NO_CLASS,
	);
	const sizes = Array.from({ length: 9 }, () => 0);
	for (const cell of cells) if (cell !== NO_CLASS) sizes[cell] = (sizes[cell] as number) + 1;
	return { across: a, up: b, cells, sizes };
}
