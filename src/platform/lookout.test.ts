import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { asSystem, counters } from './db.ts';
import { declareWork, enqueue, openQueues, startWorkers, stopWorkers } from './jobs.ts';
import { dueAmong } from './lookout.ts';
import { sql } from './sql.ts';

stage();

const names = Array.from({ length: 40 }, (_, n) => `test.queue_${n}`);
let done: { name: string; at: number }[] = [];
beforeAll(async () => {
	declareWork(
		names.map((name) => ({
			name,
			policy: 'house',
			work: async () => void done.push({ name, at: performance.now() }),
		})) as never,
		[],
	);
	await openQueues();
});
afterEach(async () => {
	await stopWorkers();
	await openQueues();
	await scene(sql`delete from jobs.job`);
	done = [];
});
const ask = (name: string, when = {}) => asSystem('test', (tx) => enqueue(tx, name, {}, when));
const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));
const isDone = (name: string) => vi.waitUntil(() => done.find((one) => one.name === name), { timeout: 8000 });

describe('queues that have nothing to do', () => {
	test('are asked all at once, not each by itself', async () => {
		await startWorkers();
		await pause(1500);
		const before = counters.transactions;
		await pause(3000);
		expect(counters.transactions - before).toBeLessThan(15);
	});
});

describe('work that is queued', () => {
	test('by this process begins as soon as it is kept, not at the next look', async () => {
		await startWorkers();
		await pause(1500);
		const waits: number[] = [];
		for (const name of names.slice(0, 6)) {
			const from = performance.now();
			await ask(name);
			waits.push((await isDone(name)).at - from);
			await pause(170);
		}
		// The middle one: a look that happens to come by, or a machine that is busy, says nothing.
		expect(waits.toSorted((a, b) => a - b)[3]).toBeLessThan(300);
	});

	test('by another process is found by the next look', async () => {
		await startWorkers();
		await pause(1500);
		await scene(sql`insert into jobs.job (name, data) values ('test.queue_7', '{}')`);
		await isDone('test.queue_7');
	});

	test('for later is not due before', async () => {
		await ask('test.queue_1', { startAfter: new Date(Date.now() + 60_000) });
		await ask('test.queue_2');
		expect(await dueAmong(names)).toEqual(['test.queue_2']);
		await scene(sql`update jobs.job set start_after = now() where name = 'test.queue_1'`);
		expect((await dueAmong(names)).toSorted()).toEqual(['test.queue_1', 'test.queue_2']);
	});

	test('several times is all done, though one is done at a time', async () => {
		await startWorkers();
		for (let n = 0; n < 4; n++) await ask('test.queue_3');
		await vi.waitUntil(() => done.filter(({ name }) => name === 'test.queue_3').length === 4, {
			timeout: 12_000,
		});
	});
});
