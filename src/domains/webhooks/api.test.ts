import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { drainJobs } from '#platform/jobs.ts';
import type { CastName } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { refused } from '#tests/traces.ts';
import { api as first } from './api.ts';
import { changeApi } from './api-change.ts';
import { clearAll, genuine, happens, receiver } from './receiver.fixture.ts';

stage();
const outside = receiver();
beforeEach(async () => {
	outside.reset();
	await clearAll();
});

const api: Record<string, Operation> = { ...first, ...changeApi };
const path = '/api/v1/webhooks';
/** What a program gets for somebody, by the operation's own schemas. */
async function call<T>(name: string, who: CastName, input: object = {}, id = ''): Promise<T> {
	const one = api[name] as Operation;
	const result = await one.act(await as(who), parse(one.input, input), { id });
	return v.parse(one.output, JSON.parse(JSON.stringify(result))) as T;
}
const typed = { name: 'Robot', url: 'https://robot.example.org/', kinds: ['event.created'] };
interface Listed {
	deliveries: { id: string; state: string; tries: number }[];
	next: string | null;
}
const deliveries = (id: string, input = {}) =>
	call<Listed>(`GET ${path}/[id]/deliveries`, 'bertrand', input, id);

test('a program adds an address, reads what was sent, has it sent again, removes it', async () => {
	const { id, secret } = await call<{ id: string; secret: string }>(`POST ${path}`, 'bertrand', typed);
	await happens();
	expect(await genuine(secret, outside.got[0]!.headers, outside.got[0]!.body)).toEqual([true]);
	const [one] = (await deliveries(id)).deliveries;
	expect(one).toMatchObject({ state: 'sent', tries: 1 });
	await call(`POST ${path}/deliveries/[id]/replay`, 'bertrand', {}, one!.id);
	await drainJobs();
	expect((await deliveries(id, { before: one!.id })).deliveries).toEqual([]);
	expect((await deliveries(id)).deliveries[0]!.tries).toBe(2);
	await call(`DELETE ${path}/[id]`, 'bertrand', {}, id);
	expect(await call(`GET ${path}`, 'bertrand')).toEqual({ webhooks: [] });
});

test('for somebody else there is nothing to read nor to change', async () => {
	const { id } = await call<{ id: string }>(`POST ${path}`, 'bertrand', typed);
	await happens();
	const [one] = (await deliveries(id)).deliveries;
	const tries: [string, object, string][] = [
		[`GET ${path}`, {}, ''],
		[`POST ${path}`, typed, ''],
		[`DELETE ${path}/[id]`, {}, id],
		[`GET ${path}/[id]/deliveries`, {}, id],
		[`POST ${path}/deliveries/[id]/replay`, {}, one!.id],
	];
	const tables = ['webhooks.hook', 'webhooks.delivery'];
	for (const name of ['odile', 'sabrina'] as const)
		for (const [verb, input, about] of tries)
			expect([name, verb, await refused(tables, () => call(verb, name, input, about))]).toEqual([
				name,
				verb,
				'NotFound',
			]);
});

test('an address is named otherwise, paused, taken up, tried, and comes back within a day of its removal', async () => {
	const { id } = await call<{ id: string }>(`POST ${path}`, 'bertrand', typed);
	const on = <T = { id: string }>(act: string, who: CastName = 'bertrand', input: object = {}) =>
		call<T>(act.replace('*', `${path}/[id]`), who, input, id);
	const shown = async () =>
		(await call<{ webhooks: { name: string; state: string }[] }>(`GET ${path}`, 'bertrand')).webhooks;
	const edited = { name: 'Agenda', kinds: ['mission.created'] };
	await on('PATCH *', 'bertrand', edited);
	await on('PUT */pause');
	expect(await shown()).toMatchObject([{ name: 'Agenda', kinds: ['mission.created'], state: 'paused' }]);
	await on('DELETE */pause');
	await on('POST */test');
	await drainJobs();
	expect(outside.got).toHaveLength(1);
	await on(`DELETE *`);
	expect(await shown()).toEqual([]);
	expect(await refused(['webhooks.hook'], () => on('DELETE */removal', 'yamina'))).toBe('NotFound');
	await on('DELETE */removal');
	expect(await shown()).toMatchObject([{ name: 'Agenda', state: 'active' }]);
	for (const act of ['PUT */pause', 'DELETE */pause', 'POST */secret', 'POST */test', 'DELETE *'])
		expect([act, await refused(['webhooks.hook'], () => on(act, 'yamina'))]).toEqual([act, 'NotFound']);
	expect(await refused(['webhooks.hook'], () => on('PATCH *', 'yamina', edited))).toBe('NotFound');
	expect(
		await refused(['webhooks.hook'], () => on('PATCH *', 'bertrand', { ...edited, kinds: ['x'] })),
	).toMatch(/^Invalid: kinds/);
});

test('another secret is given once, and signs from then on beside the old one', async () => {
	const { id, secret } = await call<{ id: string; secret: string }>(`POST ${path}`, 'bertrand', typed);
	const renewed = await call<{ secret: string }>(`POST ${path}/[id]/secret`, 'bertrand', {}, id);
	expect(renewed.secret).not.toBe(secret);
	await happens();
	const [{ headers, body }] = outside.got as [(typeof outside.got)[0]];
	for (const one of [secret, renewed.secret]) expect(await genuine(one, headers, body)).toContain(true);
	expect(JSON.stringify(await call(`GET ${path}`, 'bertrand'))).not.toContain(renewed.secret);
});
