import { setTimeout } from 'node:timers/promises';

/** Rest for each unit of time a piece of work took: pages have the machine to themselves a fifth of the time. */
const REST = 0.25;
/** No longer, in milliseconds: progress is said every second, however slow the machine. */
const LONGEST_REST = 250;

/** Between two transactions, holding nothing: rests as the work before deserves. */
export function pace(): () => Promise<void> {
	let since = performance.now();
	return async () => {
		await setTimeout(Math.min((performance.now() - since) * REST, LONGEST_REST));
		since = performance.now();
	};
}
