import { beforeEach, expect, test } from 'vitest';
import { pretendBrowser } from '#domains/notices/push.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';

stage();

const at = '/avis/reglages';
beforeEach(() =>
	scene(sql`delete from platform.bucket`, sql`delete from notices.device`, sql`delete from notices.quiet`),
);
const told = () =>
	asSystem('test', (tx) =>
		tx.many<{ id: string; person: string }>(
			sql`select id, person_id as person from notices.device order by at, id`,
		),
	);
const subscribe = (who: Browser, subscription: unknown = pretendBrowser().subscription) =>
	who.through(`${at}?/device`, {
		subscription: typeof subscription === 'string' ? subscription : JSON.stringify(subscription),
	});

test('a browser that asks to be told is listed as the one in use, once however often it asks, and forgotten by one press', async () => {
	const odile = await browser('odile');
	const mine = pretendBrowser().subscription;
	await subscribe(odile, mine);
	await subscribe(odile, mine);
	await subscribe(odile);
	const [one, ...more] = await told();
	expect([one!.person, more]).toEqual([idOf('odile'), []]);
	expect((await odile.get(at)).html).toContain(one!.id);
	const gone = await odile.through(`${at}?/forgetDevice`, { id: one!.id });
	expect(gone.html).not.toContain(one!.id);
	expect(await told()).toEqual([]);
	expect((await odile.post(`${at}?/forgetDevice`, { id: one!.id })).status).toBe(404);
});

test('one person’s devices are theirs alone; a browser that changes hands tells the new one', async () => {
	const [odile, mathis] = [await browser('odile'), await browser('mathis')];
	const shared = pretendBrowser().subscription;
	await subscribe(odile, shared);
	const [one] = await told();
	expect((await mathis.get(at)).html).not.toContain(one!.id);
	expect((await mathis.post(`${at}?/forgetDevice`, { id: one!.id })).status).toBe(404);
	await subscribe(mathis, shared);
	expect((await told()).map(({ person }) => person)).toEqual([idOf('mathis')]);
});

test('what no browser says is refused, and nothing is kept: words, another protocol, keys of another length', async () => {
	const odile = await browser('odile');
	const { endpoint, keys } = pretendBrowser().subscription as {
		endpoint: string;
		keys: Record<string, string>;
	};
	const why = await refused(['notices.device', 'notices.quiet'], async () => {
		for (const odd of [
			'bonjour',
			'',
			'null',
			{ endpoint },
			{ endpoint: endpoint.replace('https:', 'http:'), keys },
			{ endpoint: 'https://user:pass@push.example/a', keys },
			{ endpoint: 'https://push.example:8443/a', keys },
			{ endpoint: `https://push.example/${'a'.repeat(1000)}`, keys },
			{ endpoint, keys: { ...keys, auth: 'AAAA' } },
			{ endpoint, keys: { ...keys, p256dh: '!' } },
		]) {
			const sent = await odile.post(`${at}?/device`, {
				subscription: typeof odd === 'string' ? odd : JSON.stringify(odd),
			});
			expect([odd, sent.status]).toEqual([odd, 422]);
		}
		expect((await odile.post(`${at}?/forgetDevice`, { id: 'mine' })).status).toBe(422);
	});
	expect(why).toBe('done');
});

test('the first device brings quiet nights, which somebody who chose their hours keeps as they chose', async () => {
	const nights = () =>
		asSystem('test', (tx) =>
			tx.many<{ from_time: string }>(
				sql`select from_time::text from notices.quiet where person_id = ${idOf('odile')}`,
			),
		);
	const odile = await browser('odile');
	await subscribe(odile);
	const given = await nights();
	expect(given.length).toBeGreaterThan(0);
	await scene(sql`update notices.quiet set from_time = '20:15' where person_id = ${idOf('odile')}`);
	await scene(sql`delete from notices.device`);
	await subscribe(odile);
	expect((await nights())[0]!.from_time).toBe('20:15:00');
});
