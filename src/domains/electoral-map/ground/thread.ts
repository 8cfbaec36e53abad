import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { invalid, type Problem } from '#platform/errors.ts';
import type { Tasks } from './worker.ts';

type Answer = { found: unknown } | { problems: Problem[] };

/**
 * Does one long task of the map in a thread of its own, so that pages are answered meanwhile, and gives back all its
 * memory at the end. Throws the Refusal that the task throws; rejects if the thread dies. `signal` ends it.
 */
export function apart<Name extends keyof Tasks>(
	task: Name,
	given: Parameters<Tasks[Name]>,
	signal?: AbortSignal,
): Promise<Awaited<ReturnType<Tasks[Name]>>> {
	signal?.throwIfAborted();
	// By its name in package.json: it is found the same from the sources and from the built server, which stands
	// beside them. Node runs it as it is written.
	const entry = createRequire(import.meta.url).resolve('#domains/electoral-map/ground/worker.ts');
	// Nothing of our environment concerns it, nor the options of whoever runs us.
	const worker = new Worker(entry, { workerData: { task, given }, env: {}, execArgv: [] });
	return new Promise((resolve, reject) => {
		signal?.addEventListener('abort', () => worker.terminate(), { once: true });
		worker.once('message', (answer: Answer) => {
			if ('problems' in answer) reject(invalid(answer.problems));
			else resolve(answer.found as Awaited<ReturnType<Tasks[Name]>>);
		});
		worker.once('error', reject);
		worker.once('exit', () => reject(signal?.reason ?? new Error(`the thread ended before ${task}`)));
	});
}
