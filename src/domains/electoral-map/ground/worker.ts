// The entry of the thread: does one task, answers, ends. Started by thread.ts, from sources, in every place we run.
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '#platform/errors.ts';
import { transfersByLabel } from '../transfers/labelled.ts';
import { drawStations } from './draw.ts';
import { readIrises, readStations } from './outlines.ts';
import { dropOutside } from './register.ts';
import { crossGrounds } from './weights.ts';

const tasks = { readStations, readIrises, dropOutside, drawStations, crossGrounds, transfersByLabel };

/** What can be done apart. */
export type Tasks = typeof tasks;

const { task, given } = workerData as { task: keyof Tasks; given: unknown[] };

try {
	const act = tasks[task] as (...given: unknown[]) => Promise<unknown>;
	parentPort?.postMessage({ found: await act(...given) });
} catch (error) {
	// An expected refusal crosses as a value; anything else ends the thread with its stack.
	if (!(error instanceof Refusal)) throw error;
	parentPort?.postMessage({ problems: error.problems });
}
