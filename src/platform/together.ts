import { read, type Tx } from './db.ts';
import type { Viewer } from './viewer.ts';

interface Part {
	run(tx: Tx): Promise<void>;
	fail(error: unknown): void;
}

const gathering = new WeakMap<Viewer, Part[]>();

/**
 * As `read`, in one transaction with what else this viewer asks at the same moment: the parts of a page share a connection and a
 * snapshot. One that fails does not fail the others: they are read again, apart.
 */
export function readTogether<T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> {
	const parts = gathering.get(viewer) ?? gather(viewer);
	return new Promise((resolve, fail) => {
		const again = (error: { code?: string }) =>
			error.code === abortedByAnother ? void read(viewer, work).then(resolve, fail) : fail(error);
		parts.push({ fail, run: (tx) => work(tx).then(resolve, again) });
	});
}

// What PostgreSQL answers to every query of a transaction after one that failed.
const abortedByAnother = '25P02';

function gather(viewer: Viewer): Part[] {
	const parts: Part[] = [];
	gathering.set(viewer, parts);
	process.nextTick(() => {
		gathering.delete(viewer);
		read(viewer, (tx) => Promise.all(parts.map(({ run }) => run(tx)))).catch((error) => {
			for (const { fail } of parts) fail(error);
		});
	});
	return parts;
}
