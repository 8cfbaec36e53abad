import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/form.ts';
import { drainJobs } from '#platform/jobs.ts';
import type { CastName } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { refused } from '#tests/traces.ts';
import { api } from './api.ts';
import { clearAll, genuine, happens, receiver } from './receiver.fixture.ts';

stage();
const outside = receiver();
beforeEach(async () => {
	outside.reset();
	await clearAll();
});

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
