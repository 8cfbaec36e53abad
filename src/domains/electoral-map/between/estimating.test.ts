import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, scene, told } from '#tests/traces.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import type { Transfers } from '../transfers/estimate.ts';
import { roundsAt } from './between.fixture.ts';
import { askTransfers, betweenJobs } from './moved.ts';

// Other files of this process have read what is replaced here, and the next ones read it as it is.
vi.hoisted(() => vi.resetModules());
afterAll(() => void vi.resetModules());

// What the thread answers: a table, a refusal, or that it died.
const thread = vi.hoisted(() => ({ answer: (): unknown => undefined, asked: 0 }));
vi.mock('../ground/thread.ts', () => ({
	apart: async () => {
		thread.asked++;
		return thread.answer();
	},
}));

stage();

const people = {} as Record<CastName, Browser>;
beforeAll(async () => {
	await layVillebrume();
	for (const name of ['samuel', 'yamina', 'driss', 'odile'] as const) people[name] = await browser(name);
});
beforeEach(async () => {
	await drainJobs();
	thread.answer = () => table(0.9);
	thread.asked = 0;
	await scene(sql`delete from platform.bucket`, sql`delete from electoral_map.transfer`);
});

/** A table where so many of Aurore's people come back to her. */
const table = (share: number): Transfers => {
	const choice = { kind: 'candidate' as const, name: 'Aurore', total: 500 };
	const cells = [{ from: 0, to: 0, share, low: share - 0.05, high: share + 0.05 }];
	return {
		...{
			from: [choice],
			to: [choice],
			cells,
			stations: 60,
			registered: 60000,
			coverage: 0.98,
			draws: 200,
			heterogeneity: 1,
			remarks: [],
		},
	};
};
const pair = { unit: idOf('villebrume'), from: '2024_euro_t1', to: '2024_legi_t1' };
const page = async (who: CastName = 'samuel', asked = pair) =>
	(await people[who].get(`${roundsAt}/reports?ou=${asked.unit}&de=${asked.from}&vers=${asked.to}`)).main;
const [job] = betweenJobs as unknown as [{ work: (one: typeof pair) => Promise<void> }];
const row = () =>
	asSystem('test', (tx) =>
		tx.one<{ state: string; tries: number; done: Date | null; share: number | null }>(sql`
			select state, tries, done_at as done, (result->'cells'->0->>'share')::float8 as share
			from electoral_map.transfer`),
	);

describe('the work', () => {
	test('comes twice: the second time nothing is estimated, and nothing moves', async () => {
		await askTransfers(await as('samuel'), pair);
		await drainJobs();
		const first = await row();
		expect(first).toMatchObject({ state: 'ready', share: 0.9 });
		thread.answer = () => table(0.1);
		await job.work(pair);
		expect([await row(), thread.asked]).toEqual([first, 1]);
	});

	test('of a pair that nobody asked for, or that is gone, does nothing', async () => {
		await job.work(pair);
		await job.work({ ...pair, unit: idOf('nobody') });
		expect([await row(), thread.asked]).toEqual([undefined, 0]);
	});

	test('that dies is tried again, five times in all; then the page says so, and it can be asked anew', async () => {
		await people.samuel.post(`${roundsAt}/reports?/compute`, pair);
		thread.answer = () => {
			throw new Error('the thread ended');
		};
		for (let n = 1; n <= 5; n++) {
			await expect(job.work(pair)).rejects.toThrow('the thread ended');
			expect(await row()).toMatchObject({ state: 'waiting', tries: n });
			expect(await page()).toContain('L’estimation est en cours');
		}
		await job.work(pair);
		expect([(await row())?.state, thread.asked]).toEqual(['failed', 5]);
		expect(await page()).toContain('L’estimation s’est arrêtée plusieurs fois');
		thread.answer = () => table(0.9);
		await drainJobs();
		expect((await row())?.state).toBe('failed');
		await people.samuel.post(`${roundsAt}/reports?/compute`, pair);
		expect(await row()).toMatchObject({ state: 'waiting', tries: 0 });
		await drainJobs();
		expect(await page()).toContain('Estimé sur 60 bureaux');
	});

	test('that is refused says why, in words, and is not tried again', async () => {
		thread.answer = () => {
			throw invalidField('stations', 'electoral-map.transfers_few_stations', { stations: 14, least: 50 });
		};
		await askTransfers(await as('samuel'), pair);
		await drainJobs();
		await job.work(pair);
		expect(thread.asked).toBe(1);
		expect(await page()).toContain('14 bureaux communs aux deux tours : il en faut au moins 50');
	});

	test('that ends after it was taken away leaves nothing behind', async () => {
		thread.answer = async () => {
			await scene(sql`delete from electoral_map.transfer`);
			return table(0.9);
		};
		await askTransfers(await as('samuel'), pair);
		await drainJobs();
		expect(await row()).toBeUndefined();
	});
});

describe('an officer', () => {
	test('asks again once it is there: what was known goes away, then the new comes', async () => {
		const samuel = await as('samuel');
		await askTransfers(samuel, pair);
		await drainJobs();
		await askTransfers(samuel, pair);
		expect(await row()).toMatchObject({ state: 'waiting', share: null, done: null });
		thread.answer = () => table(0.4);
		await drainJobs();
		expect(await row()).toMatchObject({ state: 'ready', share: 0.4 });
	});

	test('asks while it waits: one line in the journal, one work', async () => {
		const before = (await journal('electoral-map.transfers')).length;
		const samuel = await as('samuel');
		for (let n = 0; n < 3; n++) await askTransfers(samuel, pair);
		await drainJobs();
		expect(thread.asked).toBe(1);
		const lines = (await journal('electoral-map.transfers')).slice(before);
		expect(lines).toMatchObject([
			{ actor: idOf('samuel'), unit: pair.unit, detail: { from: pair.from, to: pair.to } },
		]);
	});

	test('of the federation has a table of its own ground: the section’s is another', async () => {
		await askTransfers(await as('samuel'), pair);
		await drainJobs();
		expect(await page('yamina')).toContain('Estimé sur 60 bureaux');
		expect(await page('yamina', { ...pair, unit: idOf('valdorsande') })).not.toContain('Estimé sur');
	});

	test('of another ground, or nobody’s, neither asks nor reads, and nothing waits', async () => {
		for (const who of ['driss', 'odile'] as const) {
			expect([who, await told(askTransfers(await as(who), pair))]).toEqual([who, 'NotFound']);
			expect((await people[who].post(`${roundsAt}/reports?/compute`, pair)).status).toBe(404);
			expect((await people[who].get(`${roundsAt}/reports?ou=${pair.unit}`)).status).toBe(404);
		}
		expect(await row()).toBeUndefined();
	});

	test('sends what is no unit, or a round as long as a book: refused, nothing waits', async () => {
		for (const changed of [{ unit: 'here' }, { from: 'x'.repeat(61) }, { to: '' }]) {
			const { status, form } = await people.samuel.post(`${roundsAt}/reports?/compute`, {
				...pair,
				...changed,
			});
			expect([changed, status, form?.problems.length]).toEqual([changed, 422, 1]);
		}
		expect(await row()).toBeUndefined();
	});
});
