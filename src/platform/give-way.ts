import { setPriority } from 'node:os';

/**
 * How much lower than pages, as the system counts: as low as it goes, a hundredth or so of a processor that both want, so that letters
 * still leave. At half as low pages waited a third longer while many were told, and no more was done (`bench -- notices`).
 */
const lower = 19;
let gives = false;

/** This process does the house's work (jobs, imports): where it shares a machine with pages, they go first. */
export function giveWay(): void {
	gives = true;
	lowerOf(0);
}

/** The embedded database's process of a connection goes as its asker does. */
export function giveWayLikewise(client: object): void {
	const { processID } = client as { processID?: number | null };
	// A server of DATABASE_URL may be elsewhere: its numbers are not those of this machine.
	if (gives && processID && !process.env.DATABASE_URL) lowerOf(processID);
}

function lowerOf(pid: number): void {
	try {
		setPriority(pid, lower);
	} catch {
		// The system does not let us, or the process is gone: it goes as the others.
	}
}
