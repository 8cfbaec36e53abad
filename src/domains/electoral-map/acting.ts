import { type Act, record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { enqueue } from '#platform/jobs.ts';
import type { Viewer } from '#platform/viewer.ts';
import { alone } from './store/alone.ts';

/** What somebody's act on the map is: asked first, then written in the journal, and followed by a job. */
interface Doing {
	/** Throws when the act is refused; gives false when there is nothing to do, or no longer. With the house's own hands. */
	may: (tx: Tx) => Promise<boolean>;
	/** For the journal; none where the row itself says who. */
	act?: Omit<Act, 'actorId'>;
	job?: { name: string; payload: object };
}

/**
 * Does as this person, once for one key. The power is asked and the journal written with the house's own hands; the
 * work itself is done alone, like all that touches the map.
 */
export const doAlone = <T>(
	viewer: Viewer,
	{ may, act, job }: Doing,
	work: (tx: Tx) => Promise<T>,
): Promise<T | undefined> =>
	write(viewer, async (tx) => {
		if (!(await may(tx))) return undefined;
		if (act) await record(tx, { actorId: viewer.id, ...act });
		if (job) await enqueue(tx, job.name, job.payload);
		const done = await alone(work)(tx);
		// What is left is the house's again: the receipt of a form sent once.
		await tx.raw('reset role');
		return done;
	});
