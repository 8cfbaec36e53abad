import { setTimeout } from 'node:timers/promises';

/** Rest for each unit of time a piece of work took, at least: pages have the machine to themselves a fifth of the time. */
const LEAST = 0.25;
/** And at most, where the machine is quick enough: what it has gained is for the pages. */
const MOST = 1.5;
/** Milliseconds that a line may take, rest included, before the least is all it rests: read then written, 26 000 are in within a minute. */
const A_LINE = 1;
/** No longer, in milliseconds: progress is said every second, however slow the machine. */
const LONGEST_REST = 250;

/** How long to rest after so many lines that took this long, in milliseconds. */
export const restAfter = (lines: number, took: number): number =>
	Math.min(LONGEST_REST, Math.max(took * LEAST, Math.min(took * MOST, lines * A_LINE - took)));

/** Between two transactions, holding nothing: rests as the work before deserves. */
export function pace(): (lines: number) => Promise<void> {
	let since = performance.now();
	return async (lines) => {
		await setTimeout(restAfter(lines, performance.now() - since));
		since = performance.now();
	};
}
