import { beforeEach, describe, expect, test } from 'vitest';
import { ask } from '#domains/people/people.fixture.ts';
import { drainJobs } from '#platform/jobs.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { renew, replay } from './change.ts';
import { jobs } from './jobs.ts';
import { hookOf } from './queries.ts';
import { added, clearAll, genuine, happens, receiver, tryAgain } from './receiver.fixture.ts';
import { send } from './send.ts';

stage();
const outside = receiver();
beforeEach(async () => {
	outside.reset();
	await clearAll();
});

const seen = async (id: string) => hookOf(await as('bertrand'), id);
const first = async (id: string) => (await seen(id)).deliveries[0]!;

describe('a message', () => {
	test('arrives signed, and says what, when and where to read it: nothing of anybody', async () => {
		const { secret } = await added();
		const eventId = await happens();
		const [one] = outside.got;
		expect(outside.got).toHaveLength(1);
		expect(await genuine(secret, one!.headers, one!.body)).toEqual([true]);
		const { timestamp, ...rest } = JSON.parse(one!.body);
		expect(rest).toEqual({
			type: 'event.created',
			data: { id: eventId, url: expect.stringMatching(new RegExp(`^http.*/api/v1/events/${eventId}$`)) },
		});
		expect(Math.abs(Date.parse(timestamp) - Date.now())).toBeLessThan(60_000);
		expect(one!.body).not.toContain(idOf('odile'));
		expect(one!.body).not.toContain('canary');
	});

	test('tells how it went: state, answer, time taken, number of tries', async () => {
		const { id } = await added();
		await happens();
		expect(await first(id)).toMatchObject({
			kind: 'event.created',
			state: 'sent',
			status: 200,
			tries: 1,
			problem: null,
			nextAt: null,
		});
		expect((await first(id)).milliseconds).toBeGreaterThanOrEqual(0);
	});

	test('that fails is tried again, later and later, under the same identifier with a time of its own', async () => {
		const { id, secret } = await added();
		outside.answer.status = 500;
		await happens();
		expect(await first(id)).toMatchObject({ state: 'waiting', status: 500, tries: 1 });
		await scene(sql`update webhooks.delivery set tried_at = now() - interval '1 hour'`);
		outside.answer.problem = 'too_slow';
		await tryAgain();
		expect(await first(id)).toMatchObject({ state: 'waiting', status: null, problem: 'too_slow', tries: 2 });
		const wait = (await first(id)).nextAt!.getTime() - Date.now();
		expect(wait).toBeGreaterThan(4 * 60_000);
		expect(wait).toBeLessThan(6 * 60_000);
		outside.reset();
		await tryAgain();
		expect(await first(id)).toMatchObject({ state: 'sent', tries: 3 });
		expect(await genuine(secret, outside.got[0]!.headers, outside.got[0]!.body)).toEqual([true]);
	});

	test('keeps one identifier at every try and at a replay, so that a receiver counts it once', async () => {
		const { id } = await added();
		outside.answer.status = 503;
		await happens();
		await tryAgain();
		outside.answer.status = 204;
		await tryAgain();
		await replay(await as('bertrand'), (await first(id)).id);
		await drainJobs();
		expect(outside.got).toHaveLength(4);
		expect(new Set(outside.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
		expect(new Set(outside.got.map(({ body }) => body)).size).toBe(1);
		expect(await first(id)).toMatchObject({ state: 'sent', tries: 4 });
	});

	test('is given up after ten tries, and can still be sent again by hand', async () => {
		const { id } = await added();
		outside.answer.problem = 'unreachable';
		await happens();
		for (let n = 0; n < 12; n++) await tryAgain();
		expect(outside.got).toHaveLength(10);
		expect(await first(id)).toMatchObject({ state: 'failed', tries: 10 });
		outside.reset();
		await replay(await as('bertrand'), (await first(id)).id);
		await drainJobs();
		expect(await first(id)).toMatchObject({ state: 'sent', tries: 11 });
	});

	test('is sent once, however many processes take it up', async () => {
		const { id } = await added();
		outside.answer.status = 500;
		await happens();
		outside.reset();
		await scene(sql`update webhooks.delivery set next_at = now()`);
		const one = await first(id);
		await Promise.all(Array.from({ length: 6 }, () => send({ id: one.id })));
		expect(outside.got).toHaveLength(1);
	});

	test('whose process died on the way is taken up again', async () => {
		const { id } = await added();
		outside.answer.status = 500;
		await happens();
		outside.reset();
		await scene(
			sql`update webhooks.delivery set next_at = now() - interval '5 minutes'`,
			sql`delete from jobs.job where name = 'webhooks.send'`,
		);
		await jobs.find(({ name }) => name === 'webhooks.resume')!.work({} as never);
		await drainJobs();
		expect(await first(id)).toMatchObject({ state: 'sent', tries: 2 });
	});

	test('waits as long as the address asks', async () => {
		const { id } = await added();
		Object.assign(outside.answer, { status: 429, headers: { 'retry-after': '7200' } });
		await happens();
		expect((await first(id)).nextAt!.getTime() - Date.now()).toBeGreaterThan(7100_000);
	});

	test('does not leave a demonstration', async () => {
		const { id } = await added();
		await scene(sql`update platform.setting set value = 'true' where key = 'demo'`);
		forgetSettings();
		await happens();
		expect(outside.got).toEqual([]);
		expect(await first(id)).toMatchObject({ state: 'failed', problem: 'demo' });
	});
});

test('a secret is nowhere in the database as it is', async () => {
	const { id, secret } = await added();
	await renew(await as('bertrand'), id);
	await happens();
	const kept = await ask<string>(sql`select (select string_agg(hook::text, ' ') from webhooks.hook)
		|| (select string_agg(delivery::text, ' ') from webhooks.delivery)
		|| (select coalesce(string_agg(receipt::text, ' '), '') from platform.receipt)
		|| (select string_agg(entry::text, ' ') from audit.entry) as value`);
	expect(kept).toContain('agenda.example.org');
	expect(kept).not.toContain(secret.slice(6, 30));
	expect(kept).not.toContain('whsec_');
});
