import { findPostmaster } from './postmaster.ts';

const everyMs = 500;

/**
 * Watches a database and starts it again when it ended without our asking (killed, out of memory). Gives how to stop
 * watching. A start that fails is said, and tried again at the next look.
 */
export function keepAlive(cluster: string, startAgain: () => Promise<unknown>): () => void {
	let busy = false;
	const timer = setInterval(async () => {
		if (busy || findPostmaster(cluster)) return;
		busy = true;
		console.error('database: it ended by itself; starting it again');
		await startAgain().catch((error: Error) => console.error('database:', error.message));
		busy = false;
	}, everyMs).unref();
	return () => clearInterval(timer);
}
