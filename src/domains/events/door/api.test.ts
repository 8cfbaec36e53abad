import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Operation } from '#platform/domain.ts';
import { parse } from '#platform/http/parse.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { events } from '../declaration.ts';
import { inHours, planned } from '../stage.fixture.ts';

stage();

/** What a program gets, by the operation's own schemas. */
async function call(name: string, who: Parameters<typeof as>[0], input: object = {}, id = '') {
	const one = events.api![name] as Operation;
	const result = await one.act(await as(who), parse(one.input, input), { id });
	return v.parse(one.output, JSON.parse(JSON.stringify(result))) as never;
}
const at = '/api/v1/events/[id]';

test('a program ticks, counts, unticks and tells under the same rules', async () => {
	const id = await planned({ startsAt: inHours(-1) });
	await call(`POST ${at}/attendance`, 'samuel', { person: idOf('odile') }, id);
	await call(`POST ${at}/attendance`, 'samuel', { person: idOf('odile'), brought: 2 }, id);
	await call(`POST ${at}/attendance/walk-ins`, 'samuel', { walk_ins: 3 }, id);
	expect(await call(`GET ${at}/attendance`, 'samuel', {}, id)).toMatchObject({
		present: 6,
		walkIns: 3,
		items: [{ name: 'Odile Fabrègat', brought: 2 }],
	});
	await call(`POST ${at}/attendance/walk-ins`, 'samuel', { walk_ins: 5 }, id);
	expect(await outcome(call(`DELETE ${at}/attendance/walk-ins`, 'odile', {}, id))).toBe('NotFound');
	expect(await call(`GET ${at}/attendance`, 'samuel', {}, id)).toMatchObject({ walkIns: 8 });
	await call(`DELETE ${at}/attendance/walk-ins`, 'samuel', {}, id);
	expect(await call(`GET ${at}/attendance`, 'samuel', {}, id)).toMatchObject({ walkIns: 3 });
	await call(`DELETE ${at}/attendance`, 'samuel', { person: idOf('odile') }, id);
	expect(await call(`GET ${at}/attendance`, 'samuel', {}, id)).toMatchObject({ present: 3, items: [] });
	expect(await outcome(call(`GET ${at}/attendance`, 'odile', {}, id))).toBe('NotFound');
	expect(await outcome(call(`POST ${at}/attendance`, 'fanny', { person: idOf('odile') }, id))).toBe(
		'NotFound',
	);
	expect(await outcome(call(`POST ${at}/attendance/code`, 'samuel', { code: 'AAA-AAA-AAA' }, id))).toBe(
		'Invalid',
	);
	await call(`PUT ${at}/report`, 'samuel', { text: 'Fait.', publish: true }, id);
	expect(await call(`GET ${at}/report`, 'odile', {}, id)).toMatchObject({ text: 'Fait.', counted: null });
	expect(await outcome(call(`PUT ${at}/report`, 'odile', { text: 'Non.' }, id))).toBe('Forbidden');
	await call(`DELETE ${at}/report`, 'samuel', {}, id);
	expect(await outcome(call(`GET ${at}/report`, 'odile', {}, id))).toBe('NotFound');
});

test('a program has the code of who comes, and it opens the door to them alone', async () => {
	const id = await planned({ startsAt: inHours(-1) });
	const own = (who: 'odile' | 'mathis' | 'ines') => call(`GET ${at}/my-code`, who, {}, id);
	expect(await outcome(own('odile'))).toBe('NotFound');
	await call(`PUT ${at}/answer`, 'odile', { presence: 'coming' }, id);
	await call(`PUT ${at}/answer`, 'mathis', { presence: 'maybe' }, id);
	const { code, address } = (await own('odile')) as { code: string; address: string };
	expect(address).toMatch(new RegExp(`^http.*/evenements/${id}/accueil\\?code=${code}$`));
	expect(await call(`POST ${at}/attendance/code`, 'samuel', { code }, id)).toMatchObject({
		name: 'Odile Fabrègat',
		again: false,
	});
	for (const who of ['mathis', 'ines'] as const) expect(await outcome(own(who))).toBe('NotFound');
});

test('a program asks what is near, makes and ends a calendar', async () => {
	const id = await planned();
	expect(await call('GET /api/v1/nearby-events', 'odile')).toMatchObject({
		items: expect.arrayContaining([expect.objectContaining({ id })]),
	});
	expect((await call('POST /api/v1/calendar', 'odile')) as { path: string }).toMatchObject({
		path: expect.stringMatching(/^\/calendrier\/.{43}\.ics$/),
	});
	expect(await call('DELETE /api/v1/calendar', 'odile')).toEqual({ ended: true });
	expect(await call('DELETE /api/v1/calendar', 'odile')).toEqual({ ended: false });
});
