import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work in one go: pages of the same process wait for no more than that. */
const TURN = 1;

/** For long work, between two of its pieces: lets who waits have their turn, once this one was long enough. */
export function breath(): () => Promise<void> {
	let since = performance.now();
	return async () => {
		if (performance.now() - since < TURN) return;
		await setImmediate();
		since = performance.now();
	};
}

/** Makes something of each, pages having their turn meanwhile. */
export async function eachWithBreath<Given, Made>(
	given: readonly Given[],
	make: (one: Given) => Made,
): Promise<Made[]> {
	const breathe = breath();
	const made: Made[] = [];
	for (const one of given) {
		made.push(make(one));
		await breathe();
	}
	return made;
}
