import { askAsSystem } from './db.ts';
import { list, sql } from './sql.ts';

export interface Lookout {
	/** Looks no more; waits for a look that is under way. */
	stop(): Promise<void>;
}

const everyMs = 1000;

/**
 * Looks once a second, by one question for all queues together, which of them have work that is due, and wakes who does it. Asked
 * each by itself, a hundred and forty queues that have nothing to do kept a small machine busy.
 */
export function lookOut(names: readonly string[], wake: (name: string) => void): Lookout {
	let isOver = false;
	let timer: NodeJS.Timeout | undefined;
	let looking = Promise.resolve();
	const look = async () => {
		const due = await dueAmong(names).catch((error: Error) => {
			console.error('jobs:', error.message);
			return [];
		});
		if (isOver) return;
		for (const name of due) wake(name);
		next();
	};
	const next = () => {
		timer = setTimeout(() => {
			looking = look();
		}, everyMs);
	};
	next();
	return {
		stop: async () => {
			isOver = true;
			clearTimeout(timer);
			await looking;
		},
	};
}

/** Those of these queues that have a job to begin now, in their order. */
export async function dueAmong(names: readonly string[]): Promise<string[]> {
	const row = await askAsSystem<{ due: string[] }>(
		'jobs',
		sql`select coalesce(array_agg(queue.name order by queue.at), '{}') as due
			from unnest(${list(names, 'text')}) with ordinality as queue (name, at)
			where exists (select from jobs.job where job.name = queue.name and job.state < 'active' and not job.blocked
				and job.start_after <= now())`,
	);
	return row?.due ?? [];
}
