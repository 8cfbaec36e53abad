import { beforeEach, describe, expect, test } from 'vitest';
import { ask } from '#domains/people/people.fixture.ts';
import { makeGateway } from '#platform/outgoing/gateway.ts';
import { HOSTILE } from '#platform/outgoing/hostile.fixture.ts';
import { sql } from '#platform/sql.ts';
import type { CastName } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told } from '#tests/traces.ts';
import { edit, pause, remove, renew, replay, restore, resume, test as tryOut } from './change.ts';
import { create, EditForm, HookForm, hooksAtMost } from './create.ts';
import { outside } from './outside.ts';
import { hookOf, hooksOf } from './queries.ts';
import { added, clearAll, happens, receiver } from './receiver.fixture.ts';

stage();
beforeEach(async () => {
	receiver();
	await clearAll();
});

const tables = ['webhooks.hook', 'webhooks.delivery', 'jobs.job'];
const nobodys: (CastName | 'visitor')[] = [
	'odile',
	'mathis',
	'samuel',
	'yamina',
	'sabrina',
	'paulo',
	'thibaud',
	'visitor',
];
const typed = { name: 'Agenda', url: 'https://agenda.example.org/', kinds: ['event.created' as const] };

describe('who keeps the addresses', () => {
	test('the office that keeps the settings, and nobody else: not even to know that they exist', async () => {
		const { id } = await added();
		await happens();
		const delivery = (await hookOf(await as('bertrand'), id)).deliveries[0]!.id;
		for (const name of nobodys) {
			const who = await as(name);
			const tries = [
				() => hooksOf(who),
				() => hookOf(who, id),
				() => create(who, typed),
				() => edit(who, id, typed),
				() => pause(who, id),
				() => resume(who, id),
				() => remove(who, id),
				() => restore(who, { id }),
				() => renew(who, id),
				() => tryOut(who, id),
				() => replay(who, delivery),
			];
			for (const one of tries) expect([name, await refused(tables, one)]).toEqual([name, 'NotFound']);
		}
	});

	test('not without second factor, and a secret is not made with an old one', async () => {
		const { id } = await added();
		const without = await as('bertrand', { factor: false });
		expect(await outcome(hooksOf(without))).toBe('NotFound');
		const old = { ...(await as('bertrand')), factorAt: new Date(Date.now() - 11 * 60_000) };
		expect(await refused(tables, () => create(old, typed))).toBe('SecondFactor');
		expect(await refused(tables, () => renew(old, id))).toBe('SecondFactor');
		await pause(old, id);
	});

	test('every change is in the journal, with the place and never the whole address', async () => {
		const { id } = await added('https://agenda.example.org/hook?key=canary');
		const bertrand = await as('bertrand');
		await edit(bertrand, id, { name: 'Autre', kinds: ['mission.closed'] });
		await renew(bertrand, id);
		await pause(bertrand, id);
		await resume(bertrand, id);
		await tryOut(bertrand, id);
		await remove(bertrand, id);
		await restore(bertrand, { id });
		for (const act of ['create', 'edit', 'renew', 'pause', 'resume', 'test', 'remove', 'restore'])
			expect([act, (await journal(`webhooks.${act}`)).filter(({ subject }) => subject === id)]).toMatchObject(
				[act, [{ actor: bertrand.id, subject: id }]],
			);
		const all = await ask<string>(sql`select string_agg(entry::text, ' ') as value from audit.entry`);
		expect(all).toContain('agenda.example.org');
		expect(all).not.toContain('canary');
	});
});

describe('an address', () => {
	test.each([
		['http://agenda.example.org/', 'webhooks.url_https'],
		['ftp://agenda.example.org/', 'webhooks.url_https'],
		['agenda', 'webhooks.url_https'],
		['https://127.0.0.1/', 'webhooks.url_inside'],
		['https://[::1]/', 'webhooks.url_inside'],
		['https://169.254.169.254/latest/meta-data', 'webhooks.url_inside'],
		['https://10.0.0.8/', 'webhooks.url_inside'],
		['https://localhost/', 'webhooks.url_inside'],
		['https://base.internal/', 'webhooks.url_inside'],
		['https://agenda.example.org:8443/', 'webhooks.url_shape'],
		['https://moi:secret@agenda.example.org/', 'webhooks.url_shape'],
	])('%s is refused: %s', async (url, why) => {
		const bertrand = await as('bertrand');
		expect(await refused(tables, () => create(bertrand, { ...typed, url }))).toBe(`Invalid: url ${why}`);
	});

	test('none of the hostile ones is kept', async () => {
		const bertrand = await as('bertrand');
		for (const url of HOSTILE.filter((one) => /^https?:/.test(one) && !/example/.test(one)))
			expect([url, await told(create(bertrand, { ...typed, url }))]).toEqual([
				url,
				expect.stringContaining('Invalid: url'),
			]);
	});

	test('whose name leads inside at the moment of sending is not reached', async () => {
		const dialled: string[] = [];
		outside.request = makeGateway({
			resolve: async () => ['10.0.0.8'],
			dial: ({ address, port }) => {
				dialled.push(address);
				return { host: address, port };
			},
		}).request;
		const { id } = await added('https://turns.example.org/');
		await happens();
		expect((await hookOf(await as('bertrand'), id)).deliveries).toMatchObject([
			{ state: 'waiting', problem: 'not_public' },
		]);
		expect(dialled).toEqual([]);
	});

	test('is one of twenty at most, also for two tabs at once', async () => {
		for (let n = 1; n < hooksAtMost; n++) await added(`https://a${n}.example.org/`);
		const both = await Promise.all(
			['x', 'y'].map(async (name) =>
				told(create(await as('bertrand'), { ...typed, url: `https://${name}.example.org/` })),
			),
		);
		expect(both.toSorted()).toEqual(['Invalid: url webhooks.too_many', 'done']);
	});

	test('that is removed comes back as it was for a day, not later, nor above the limit', async () => {
		const { id } = await added();
		const bertrand = await as('bertrand');
		await remove(bertrand, id);
		expect(await hooksOf(bertrand)).toEqual([]);
		expect(await outcome(hookOf(bertrand, id))).toBe('NotFound');
		await restore(bertrand, { id });
		await restore(bertrand, { id });
		expect((await hooksOf(bertrand)).map(({ name }) => name)).toEqual(['Agenda public']);
		await remove(bertrand, id);
		await scene(sql`update webhooks.hook set deleted_at = now() - interval '25 hours'`);
		expect(await told(restore(bertrand, { id }))).toBe('NotFound');
	});

	test('keeps one renewal at a time: two at once give one new secret', async () => {
		const { id } = await added();
		const both = await Promise.all([0, 1].map(async () => told(renew(await as('bertrand'), id))));
		expect(both.toSorted()).toEqual(['Conflict: webhooks.renewed_already', 'done']);
	});

	test('is not sent again what is on its way', async () => {
		const { answer } = receiver();
		answer.status = 500;
		const { id } = await added();
		await happens();
		const bertrand = await as('bertrand');
		const [one] = (await hookOf(bertrand, id)).deliveries;
		expect(await refused(tables, () => replay(bertrand, one!.id))).toBe('Conflict: webhooks.replay_not_now');
	});
});

test('the form says what is missing', () => {
	expect(faults(HookForm, {})).toEqual([
		'name webhooks.name_missing',
		'url webhooks.url_missing',
		'kinds webhooks.kinds_missing',
	]);
	expect(faults(EditForm, { name: ' ', kinds: ['event.burnt'] })).toEqual([
		'name webhooks.name_missing',
		'kinds.0 app.invalid_value',
	]);
});
