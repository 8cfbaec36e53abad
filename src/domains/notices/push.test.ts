import * as v from 'valibot';
import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { DeviceForm, devicesOf, forgetDevice, keepDevice, pushKey } from './devices.ts';
import { notify } from './notify.ts';
import { privacy } from './privacy.ts';
import { pretendBrowser, pretendService, vapidIn } from './push.fixture.ts';
import { pushNotice, pushToDevice } from './push.ts';
import { endSessionsOf, newSession } from './push-people.fixture.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
let service = pretendService();

beforeEach(async () => {
	service = pretendService();
	await house(async (tx) => {
		for (const table of ['notice', 'choice', 'device', 'quiet'])
			await tx.run(sql`delete from notices.${sql.raw(table)}`);
		await tx.run(sql`delete from jobs.job where name like 'notices.%'`);
	});
});

/** A telephone of this person that asked to be told, day and night. */
async function telephone(name: CastName, browser = pretendBrowser()) {
	const viewer = { ...(await as(name)), sessionId: await newSession(idOf(name)) };
	await keepDevice(viewer, { subscription: browser.subscription });
	await house((tx) => tx.run(sql`delete from notices.quiet`));
	return { ...browser, viewer };
}
const jobs = (name: string) =>
	house((tx) =>
		tx.many<{ data: never }>(
			sql`delete from jobs.job where name = ${name} and start_after <= now() returning data`,
		),
	);
async function work(): Promise<void> {
	for (const { data } of await jobs('notices.push')) await pushNotice(data);
	for (const { data } of await jobs('notices.push_device')) await pushToDevice(data, service);
}
const tell = (to: CastName, type = 'asked') =>
	house((tx) =>
		notify(tx, {
			type,
			to: [idOf(to)],
			byId: idOf('samuel'),
			unitId: idOf('villebrume'),
			subjectId: idOf(`${Math.random()}`),
		}),
	);
const rows = () => house((tx) => tx.many(sql`select id from notices.device`));

describe('a telephone that asked for it', () => {
	test('is told of what kind it is, in a message that it alone reads, and neither who nor where', async () => {
		const odile = await telephone('odile');
		await tell('odile', 'term_started');
		await work();
		expect(service.got).toHaveLength(1);
		const [{ url, headers, body }] = service.got as [(typeof service.got)[0]];
		expect(url).toBe(odile.subscription.endpoint);
		const message = odile.open(body);
		expect(message).toMatchObject({ body: 'Une responsabilité t’attend.', title: 'La Rive commune' });
		expect(message.url).toMatch(/^\/avis\/[0-9a-f-]{36}$/);
		expect(JSON.stringify(message)).not.toMatch(/Samuel|Villebrume/);
		expect(Buffer.from(body).includes('responsab')).toBe(false);
		expect(() => pretendBrowser().open(body)).toThrow();
		const vapid = vapidIn(headers.authorization!);
		expect(vapid.aud).toBe('https://push.example.org');
		expect(vapid.key).toBe(await pushKey());
		expect(vapid.exp * 1000).toBeGreaterThan(Date.now());
	});

	test('not when it was read meanwhile, is wanted no more, or speaks of what is seen no more', async () => {
		await telephone('odile');
		await tell('odile', 'term_started');
		await house((tx) => tx.run(sql`update notices.notice set read_at = now()`));
		await work();
		await tell('odile', 'term_started');
		await house((tx) =>
			tx.run(
				sql`insert into notices.choice (person_id, category, channel, rhythm) values (${idOf('odile')}, 'office', 'push', 'none')`,
			),
		);
		await work();
		await tell('odile', 'asked');
		await work();
		expect(service.got).toEqual([]);
	});

	test('in quiet hours it waits; its person’s first one brings nights with it', async () => {
		const viewer = { ...(await as('odile')), sessionId: await newSession(idOf('odile')) };
		await keepDevice(viewer, { subscription: pretendBrowser().subscription });
		const hours = await house((tx) =>
			tx.one(sql`select from_time::text as from, until_time::text as until from notices.quiet`),
		);
		expect(hours).toEqual({ from: '22:00:00', until: '08:00:00' });
		await house((tx) =>
			tx.run(sql`update notices.quiet set from_time = (local.now - interval '1 minute')::time, until_time = (local.now + interval '1 hour')::time
				from (select now() at time zone 'Europe/Paris' as now) as local`),
		);
		await tell('odile', 'term_started');
		await work();
		expect(service.got).toEqual([]);
		const waits = await house((tx) =>
			tx.many(
				sql`select 1 from jobs.job where name = 'notices.push' and start_after > now() + interval '50 minutes'`,
			),
		);
		expect(waits).toHaveLength(1);
	});

	test('two of them are both told; one that fails is tried again alone', async () => {
		await telephone('odile');
		await telephone('odile');
		await tell('odile', 'term_started');
		for (const { data } of await jobs('notices.push')) await pushNotice(data);
		const [first, second] = await jobs('notices.push_device');
		service.answers.status = 503;
		await expect(pushToDevice(first!.data, service)).rejects.toThrow('push: 503');
		service.answers.status = 201;
		await pushToDevice(second!.data, service);
		await pushToDevice(first!.data, service);
		expect(new Set(service.got.map(({ url }) => url)).size).toBe(2);
		expect(await rows()).toHaveLength(2);
	});

	test.each([404, 410])('that its push service answers %i for is forgotten', async (status) => {
		await telephone('odile');
		service.answers.status = status;
		await tell('odile', 'term_started');
		await work();
		expect(await rows()).toEqual([]);
	});
});

describe('it ends', () => {
	test('with the session in which it was asked', async () => {
		await telephone('odile');
		await endSessionsOf(idOf('odile'));
		await tell('odile', 'term_started');
		await work();
		expect(service.got).toEqual([]);
		expect(await rows()).toEqual([]);
	});

	test('between the queue and the sending too', async () => {
		await telephone('odile');
		await tell('odile', 'term_started');
		for (const { data } of await jobs('notices.push')) await pushNotice(data);
		await endSessionsOf(idOf('odile'));
		for (const { data } of await jobs('notices.push_device')) await pushToDevice(data, service);
		expect(service.got).toEqual([]);
	});

	test('when somebody else uses the same browser: it is theirs then', async () => {
		const browser = pretendBrowser();
		await telephone('odile', browser);
		await telephone('mathis', browser);
		await tell('odile', 'term_started');
		await work();
		expect(service.got).toEqual([]);
		await tell('mathis', 'term_started');
		await work();
		expect(service.got).toHaveLength(1);
	});

	test('with its person', async () => {
		await telephone('odile');
		await house((tx) => privacy.erase(tx, idOf('odile')));
		expect(await rows()).toEqual([]);
	});

	test('by its person’s will, and nobody else’s', async () => {
		const { viewer } = await telephone('odile');
		const [device] = await devicesOf(viewer);
		expect(device).toMatchObject({ current: true });
		expect(await outcome(forgetDevice(await as('mathis'), device!))).toBe('NotFound');
		await forgetDevice(viewer, device!);
		expect(await rows()).toEqual([]);
	});

	test('the nightly cleaning takes those whose session ended', async () => {
		await telephone('odile');
		await endSessionsOf(idOf('odile'));
		expect(await house((tx) => privacy.retain!(tx, new Date(), true))).toMatchObject({ 'notices.device': 1 });
		await house((tx) => privacy.retain!(tx, new Date(), false));
		expect(await rows()).toEqual([]);
	});
});

test('the address is sealed: neither the table nor another person gives it', async () => {
	const { subscription } = await telephone('odile');
	const kept = await house((tx) => tx.many(sql`select * from notices.device`));
	expect(JSON.stringify(kept)).not.toContain(subscription.endpoint);
	expect(JSON.stringify(kept)).not.toContain(subscription.keys.auth);
	expect(await read(await as('mathis'), (tx) => tx.many(sql`select * from notices.device`))).toEqual([]);
});

describe('what a browser sends is checked', () => {
	const { subscription } = pretendBrowser();
	test.each([
		['not JSON', 'x'],
		['nothing', ''],
		['no keys', JSON.stringify({ endpoint: subscription.endpoint })],
		['without encryption', JSON.stringify({ ...subscription, endpoint: 'http://push.example.org/x' })],
		['another port', JSON.stringify({ ...subscription, endpoint: 'https://push.example.org:8443/x' })],
		['a short key', JSON.stringify({ ...subscription, keys: { ...subscription.keys, auth: 'AAAA' } })],
		['a file', JSON.stringify({ ...subscription, endpoint: 'file:///etc/passwd' })],
	])('%s', (_, text) => {
		expect(v.safeParse(DeviceForm, { subscription: text }).success).toBe(false);
	});

	test('an address inside the house is reached by nobody', async () => {
		await telephone('odile', pretendBrowser('https://127.0.0.1/secret'));
		await tell('odile', 'term_started');
		for (const { data } of await jobs('notices.push')) await pushNotice(data);
		const [{ data }] = (await jobs('notices.push_device')) as [{ data: never }];
		await expect(pushToDevice(data)).rejects.toThrow();
		expect(v.safeParse(DeviceForm, { subscription: JSON.stringify(subscription) }).success).toBe(true);
	});
});
