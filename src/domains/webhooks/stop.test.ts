import { beforeEach, describe, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, scene, toldOf } from '#tests/traces.ts';
import { pause, renew, resume, test as tryOut } from './change.ts';
import { hookOf } from './queries.ts';
import { added, clearAll, genuine, happens, manyHappen, receiver, tryAgain } from './receiver.fixture.ts';
import { send } from './send.ts';

stage();
const outside = receiver();
beforeEach(async () => {
	outside.reset();
	await clearAll();
});

const seen = async (id: string) => hookOf(await as('bertrand'), id);
const first = async (id: string) => (await seen(id)).deliveries[0]!;

describe('a renewed secret', () => {
	test('signs beside the one before, for a day and no longer', async () => {
		const { id, secret } = await added();
		const fresh = await renew(await as('bertrand'), id);
		await happens();
		const [one] = outside.got;
		expect(await genuine(fresh.secret, one!.headers, one!.body)).toEqual([true, false]);
		expect(await genuine(secret, one!.headers, one!.body)).toEqual([false, true]);
		await scene(sql`update webhooks.hook set old_until = now() - interval '1 second'`);
		await happens();
		expect(await genuine(fresh.secret, outside.got[1]!.headers, outside.got[1]!.body)).toEqual([true]);
	});
});

describe('an address', () => {
	test('that is paused hears nothing; what was waiting leaves once it is taken up', async () => {
		const { id } = await added();
		outside.answer.status = 500;
		await happens();
		outside.reset();
		await pause(await as('bertrand'), id);
		await happens();
		await tryAgain();
		expect(outside.got).toEqual([]);
		await resume(await as('bertrand'), id);
		await tryAgain();
		expect(outside.got).toHaveLength(1);
	});

	test('is tried at will, paused too; a test that fails is not tried again, nor held against it', async () => {
		const { id } = await added();
		const bertrand = await as('bertrand');
		await pause(bertrand, id);
		outside.answer.status = 404;
		await tryOut(bertrand, id);
		await drainJobs();
		expect(JSON.parse(outside.got[0]!.body)).toMatchObject({ type: 'webhooks.test', data: {} });
		expect(await first(id)).toMatchObject({ kind: 'webhooks.test', state: 'failed', status: 404 });
		expect((await seen(id)).hook.failingSince).toBeNull();
	});

	test('that fails for five days is switched off, and its officers are told, they alone', async () => {
		const { id } = await added();
		outside.answer.status = 500;
		await happens();
		expect((await seen(id)).hook).toMatchObject({ state: 'failing' });
		await scene(sql`update webhooks.hook set failing_since = now() - interval '4 days 23 hours'`);
		await tryAgain();
		expect((await seen(id)).hook.state).toBe('failing');
		await scene(sql`update webhooks.hook set failing_since = now() - interval '5 days 1 minute'`);
		await tryAgain();
		expect((await seen(id)).hook.state).toBe('stopped');
		expect((await first(id)).state).toBe('failed');
		expect(await toldOf('webhook_stopped')).toEqual(['bertrand']);
		expect(await journal('webhooks.stop')).toMatchObject([{ actor: null, subject: id, reason: 'failing' }]);
		outside.reset();
		await happens();
		expect(outside.got).toEqual([]);
	});

	test('is switched off once, however many of its messages fail at the same time', async () => {
		const { id } = await added();
		outside.answer.status = 500;
		await manyHappen(5);
		await scene(
			sql`update webhooks.hook set failing_since = now() - interval '6 days'`,
			sql`update webhooks.delivery set next_at = now()`,
		);
		const before = (await journal('webhooks.stop')).length;
		const due = (await seen(id)).deliveries.map((one) => one.id);
		await Promise.all(due.map((one) => send({ id: one })));
		const { hook, deliveries } = await seen(id);
		expect([hook.state, ...new Set(deliveries.map(({ state }) => state))]).toEqual(['stopped', 'failed']);
		expect((await journal('webhooks.stop')).length).toBe(before + 1);
	});

	test('that answered once in the meantime is not', async () => {
		const { id } = await added();
		outside.answer.status = 500;
		await happens();
		await scene(sql`update webhooks.hook set failing_since = now() - interval '6 days'`);
		outside.answer.status = 200;
		await tryAgain();
		outside.answer.status = 500;
		await happens();
		expect((await seen(id)).hook.state).toBe('failing');
	});

	test('that says it is gone is switched off at once; taken up again, it hears again', async () => {
		const { id } = await added();
		outside.answer.status = 410;
		await happens();
		expect((await seen(id)).hook.state).toBe('stopped');
		await resume(await as('bertrand'), id);
		outside.reset();
		await happens();
		expect((await seen(id)).hook.state).toBe('active');
		expect(outside.got).toHaveLength(1);
	});
});
