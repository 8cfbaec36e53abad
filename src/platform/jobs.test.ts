import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { visitor } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { asSystem, asSystemOnce, read, write } from './db.ts';
import { announce, declareWork, drainJobs, enqueue, openQueues, startWorkers, stopWorkers } from './jobs.ts';
import { sql } from './sql.ts';

stage();

let done: unknown[] = [];
let failures = 0;
const work = async (payload: unknown) => {
	if (failures-- > 0) throw new Error('not yet');
	done.push(payload);
};
const hear = (name: string) => async (payload: unknown) => void done.push([name, payload]);

beforeAll(async () => {
	declareWork(
		[{ name: 'test.work', policy: 'house', work, retries: 3 }] as never,
		[
			{ to: 'test.happened', name: 'test.first', hear: hear('first') },
			{ to: 'test.happened', name: 'test.second', hear: hear('second') },
		] as never,
	);
	await openQueues();
});
beforeEach(() => {
	done = [];
	failures = 0;
});
const ask = (payload: object, when = {}) => asSystem('test', (tx) => enqueue(tx, 'test.work', payload, when));

describe('work that waits', () => {
	test('exists if what asked for it was kept, and only then', async () => {
		const failed = asSystem('test', async (tx) => {
			await enqueue(tx, 'test.work', { n: 1 });
			throw new Error('changed my mind');
		});
		expect(await outcome(failed)).toBe('Error');
		await ask({ n: 2 });
		await drainJobs();
		expect(done).toEqual([{ n: 2 }]);
	});

	test('that nobody declared is refused where it is asked, not lost later', async () => {
		expect(
			await asSystem('test', (tx) => enqueue(tx, 'test.unknown', {})).catch((error) => error.message),
		).toBe('job test.unknown is not declared');
	});

	test('for later is not done now', async () => {
		await ask({ n: 1 }, { startAfter: new Date(Date.now() + 60_000) });
		await drainJobs();
		expect(done).toEqual([]);
		await scene(sql`update jobs.job set start_after = now() where name = 'test.work'`);
		await drainJobs();
		expect(done).toEqual([{ n: 1 }]);
	});

	test('keeps what it was given as it was, whatever was written in it', async () => {
		const payload = { text: "d'été 😀 \u202E", list: [1, null, 'x'], at: '2026-03-29T02:30:00+02:00' };
		await ask(payload);
		await drainJobs();
		expect(done).toEqual([payload]);
	});

	test('that fails is done again by itself, and not twice once it succeeded', {
		timeout: 30_000,
	}, async () => {
		await scene(sql`update jobs.queue set retry_delay = 0, retry_backoff = false where name = 'test.work'`);
		failures = 1;
		await ask({ n: 1 });
		await startWorkers();
		await vi.waitUntil(() => done.length > 0, { timeout: 20_000 });
		await stopWorkers();
		await openQueues();
		await drainJobs();
		expect(done).toEqual([{ n: 1 }]);
	});
});

test('what is announced reaches each who listens, once, and nobody hears what was undone', async () => {
	await asSystem('test', (tx) => announce(tx, 'test.happened', { id: 'x' }));
	await asSystem('test', (tx) => announce(tx, 'test.nobody_listens', {}));
	await asSystem('test', async (tx) => {
		await announce(tx, 'test.happened', { id: 'undone' });
		throw new Error('undone');
	}).catch(() => {});
	await drainJobs();
	expect(done).toEqual([
		['first', { id: 'x' }],
		['second', { id: 'x' }],
	]);
});

describe('a form that is sent twice', () => {
	const status =
		(text: string, key: string, name: 'odile' | 'mathis' = 'odile') =>
		async () => {
			const viewer = { ...(await as(name)), requestKey: key };
			return write(viewer, async (tx) => {
				await tx.run(sql`update people.person set status_text = ${text} where id = ${idOf(name)}::uuid`);
				return `wrote ${text}`;
			});
		};
	const now = () =>
		asSystem('test', (tx) =>
			tx.one<{ status_text: string }>(
				sql`select status_text from people.person where id = ${idOf('odile')}::uuid`,
			),
		).then((row) => row!.status_text);

	test('is done once, and the repeat gets the first answer', async () => {
		expect(await status('un', 'same')()).toBe('wrote un');
		expect(await status('deux', 'same')()).toBe('wrote un');
		expect(await now()).toBe('un');
		expect(await status('trois', 'other')()).toBe('wrote trois');
	});

	test('at the same instant is done once too', async () => {
		const answers = await Promise.all(['a', 'b', 'c', 'd'].map((text) => status(text, 'at once')()));
		expect(new Set(answers).size).toBe(1);
		expect(answers[0]).toBe(`wrote ${await now()}`);
	});

	test('refused the first time is tried for good the second: no answer was kept', async () => {
		const viewer = async () => ({ ...(await as('odile')), requestKey: 'refused first' });
		const refusing = write(await viewer(), () => Promise.reject(new Error('no')));
		expect(await outcome(refusing)).toBe('Error');
		expect(await write(await viewer(), async () => 'yes')).toBe('yes');
	});

	test('a key that two people made alike is two keys, and so is one for another purpose', async () => {
		const [mine, theirs] = [await status('à moi', 'alike')(), await status('à lui', 'alike', 'mathis')()];
		expect([mine, theirs]).toEqual(['wrote à moi', 'wrote à lui']);
		const once = (purpose: string) =>
			asSystemOnce({ ...visitor, requestKey: 'alike' }, purpose, async () => purpose);
		expect([await once('one'), await once('other'), await once('one')]).toEqual(['one', 'other', 'one']);
	});

	test('reading as somebody changes nothing, even when asked to', async () => {
		const cheat = read(await as('odile'), (tx) =>
			tx.run(sql`update people.person set status_text = 'par la lecture' where id = ${idOf('odile')}::uuid`),
		);
		expect(await cheat.catch((error) => error.message)).toContain('read-only transaction');
		expect(await now()).not.toBe('par la lecture');
	});
});
