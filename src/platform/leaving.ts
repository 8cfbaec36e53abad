import type { EventEmitter } from 'node:events';

const ends: (() => unknown)[] = [];
let isGoing = false;

/** Whether the program is ending: what closes under it is no news. */
export const isLeaving = (): boolean => isGoing;

/** A command is done: its connections may be closed from the other side. */
export function takeLeave(): void {
	isGoing = true;
}

/**
 * Ends something before the program ends: what was opened last is ended first, each waited for. `bin/start.ts` says that it leaves
 * once the last answer is given, and holds the database until all of it is done.
 */
export function onLeaving(end: () => unknown): void {
	if (!ends.length)
		(process as EventEmitter).once(
			'sveltekit:shutdown',
			(_why: string, hold?: (work: Promise<void>) => void) => {
				const work = leave();
				hold?.(work);
			},
		);
	ends.unshift(end);
}

async function leave(): Promise<void> {
	isGoing = true;
	for (const end of ends.splice(0))
		await Promise.resolve()
			.then(end)
			.catch((error: Error) => console.error('leaving:', error.message));
}
