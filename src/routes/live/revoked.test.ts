import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { channelsOf } from '#domains/feed/live.ts';
import { befriend, said, to } from '#domains/feed/stage.fixture.ts';
import { remove } from '#domains/friends/index.ts';
import { createSession, lift, sessionsOf, suspend } from '#domains/people/index.ts';
import { endMembership } from '#domains/people/membership.ts';
import { block } from '#domains/safety/index.ts';
import { detachMany, editGate, endLoan, endTerm, lend, viewersOfSessions } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { emit } from '#platform/live/emit.ts';
import { createHub } from '#platform/live/hub.ts';
import { erase } from '#platform/privacy/index.ts';
import { sql } from '#platform/sql.ts';
import { apps, domains, live, routes } from '#registry.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();
beforeEach(() => scene(sql`delete from platform.bucket`));

const villebrume = idOf('villebrume');
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);

describe('an app whose gate is closed is not there any more, for the very next page', () => {
	const gated = apps.filter(({ name, href }) => routes[`GET ${href}`]?.gate === `app:${name}`);
	const whoEnters: Record<string, CastName> = { moderation: 'paulo', week: 'yamina' };

	test.each(gated.filter(({ name }) => name !== 'gates').map((app) => [app.name, app] as const))(
		'%s',
		async (name, { href }) => {
			const { get } = await browser(whoEnters[name] ?? 'bertrand');
			expect((await get(href)).status).toBe(200);
			await editGate(await as('bertrand'), { app: name, open: 'nobody', kinds: [], power: '' });
			const shut = await get(href);
			const menu = await get('/compte');
			await scene(sql`delete from territory.gate`);
			expect(shut.status).toBe(404);
			expect(menu.html).not.toContain(`href="${href}"`);
			expect((await get(href)).status).toBe(200);
		},
	);
});

describe('a power lent opens nothing more once', () => {
	const page = `/unites/${villebrume}/modifier`;
	const lent = async () => {
		await scene(
			sql`delete from territory.loan`,
			sql`update territory.term set ends_at = null where id = ${idOf('samuel term')}`,
		);
		const until = inDays(30);
		const gift = { unit: villebrume, person: idOf('odile'), powers: ['unit.edit'], until };
		return lend(await as('samuel'), gift);
	};
	const saves = { version: '1', publicText: 'Repris', membersText: '', contactEmail: '' };

	test.each<[string, (loan: string) => Promise<unknown>]>([
		['its lender took it back', async (loan) => endLoan(await as('samuel'), { loan })],
		['its borrower gave it back', async (loan) => endLoan(await as('odile'), { loan })],
		['its time is over', () => scene(sql`update territory.loan set ends_at = now()`)],
		[
			'its lender left office',
			async () => endTerm(await as('yamina'), { term: idOf('samuel term'), why: '' }),
		],
	])('%s', async (_when, over) => {
		const loan = await lent();
		const odile = await browser('odile', { factor: true });
		expect((await odile.get(page)).status).toBe(200);
		await over(loan);
		expect((await odile.get(page)).status).toBe(404);
		expect((await odile.post(`${page}?/save`, saves)).status).toBe(404);
		const [kept] = await house((tx) =>
			tx.many(sql`select public_text as text from territory.unit where id = ${villebrume}`),
		);
		expect(kept).not.toEqual({ text: 'Repris' });
	});
});

describe('what one could read is not there any more, for the very next page, once', () => {
	const around = async (
		who: CastName,
		path: string,
		lose: () => Promise<unknown>,
		back: ReturnType<typeof sql>,
	) => {
		const { get } = await browser(who);
		const before = (await get(path)).status;
		await lose();
		const then = (await get(path)).status;
		await scene(back);
		return [before, then, (await get(path)).status];
	};

	test('the membership is not paid any more: words for members', async () => {
		const path = `/publications/${await said(await as('samuel'), 'Entre membres', to('members'))}`;
		const paid = (until: ReturnType<typeof sql>) =>
			sql`update people.membership set paid_until = ${until} where person_id = ${idOf('odile')}`;
		const lapse = () => scene(paid(sql`current_date - 1`));
		expect(await around('odile', path, lapse, paid(sql`current_date`))).toEqual([200, 404, 200]);
	});

	test('one left the unit: words for its people', async () => {
		const path = `/publications/${await said(await as('samuel'), 'Entre nous')}`;
		const leaves = () =>
			scene(sql`update territory.attachment set until = now() where person_id = ${idOf('mathis')}`);
		const back = sql`update territory.attachment set until = null where person_id = ${idOf('mathis')}`;
		expect(await around('mathis', path, leaves, back)).toEqual([200, 404, 200]);
	});

	test('a friendship ended: words for friends', async () => {
		await befriend('ines', 'odile');
		const path = `/publications/${await said(await as('ines'), 'Entre amis', to('friends'))}`;
		const ends = async () => remove(await as('ines'), { person: idOf('odile') });
		const back = sql`insert into friends.link (person_id, friend_id) values (${idOf('ines')}, ${idOf('odile')}), (${idOf('odile')}, ${idOf('ines')})`;
		expect(await around('odile', path, ends, back)).toEqual([200, 404, 200]);
	});

	test('one is suspended: the whole network, but one’s own account', async () => {
		const { get } = await browser('mathis');
		const id = await house((tx) =>
			suspend(tx, { personId: idOf('mathis'), byId: idOf('paulo'), days: 1, reason: '' }),
		);
		const statuses = async () => [
			(await get('/fil')).status,
			(await get('/recherche')).status,
			(await get('/compte')).status,
		];
		expect(await statuses()).toEqual([404, 404, 200]);
		await house((tx) => lift(tx, { suspensionId: id, byId: idOf('paulo') }));
		expect(await statuses()).toEqual([200, 200, 200]);
	});

	test('the membership ended: the network', async () => {
		const back = sql`update people.membership set ended_at = null, ended_why = null where person_id = ${idOf('lucien')}`;
		const ends = () => house((tx) => endMembership(tx, idOf('lucien'), 'left'));
		expect(await around('lucien', '/fil', ends, back)).toEqual([200, 404, 200]);
	});
});

describe('a stream that was heard is silent within five seconds once', () => {
	const hub = createHub(live, (secrets) => viewersOfSessions(secrets, apps));
	afterAll(() => hub.close());
	let told = 0;

	/** Somebody's open page: what it heard, and whether it was closed. */
	async function follow(name: CastName) {
		const { secret } = await house((tx) => createSession(tx, idOf(name), 'Firefox'));
		const reader = (await hub.open(await as(name), secret)).getReader();
		const seen = { heard: '', closed: false };
		void (async () => {
			for (let next = await reader.read(); !next.done; next = await reader.read())
				seen.heard += new TextDecoder().decode(next.value);
			seen.closed = true;
		})();
		return seen;
	}
	/** Sabrina says something to the whole country; gives the mark by which it is heard. */
	async function news(audience: 'network' | 'members'): Promise<string> {
		told++;
		const post = { byId: idOf('sabrina'), asUnitId: null, unitId: idOf('national'), audience };
		await house((tx) => emit(tx, channelsOf(post), { count: told, by: idOf('sabrina') }));
		return `"count":${told}}`;
	}

	test('one is suspended, lapsed, gone, moved away, signed out, blocked or erased; who is not still hears', async () => {
		const ways: Partial<Record<CastName, () => Promise<unknown>>> = {
			mathis: () =>
				house((tx) => suspend(tx, { personId: idOf('mathis'), byId: idOf('paulo'), days: 1, reason: '' })),
			odile: () =>
				scene(
					sql`update people.membership set paid_until = current_date - 1 where person_id = ${idOf('odile')}`,
				),
			lucien: () => house((tx) => endMembership(tx, idOf('lucien'), 'left')),
			gerard: () => house((tx) => detachMany(tx, [{ personId: idOf('gerard'), unitId: villebrume }])),
			samuel: () =>
				scene(sql`update people.session set revoked_at = now() where person_id = ${idOf('samuel')}`),
			noemie: async () => block(await as('noemie'), idOf('sabrina')),
			ines: () => erase(domains, idOf('ines')),
		};
		const names = Object.keys(ways) as CastName[];
		const streams = new Map(
			await Promise.all(
				[...names, 'yamina' as const].map(async (name) => [name, await follow(name)] as const),
			),
		);
		const hear = async (mark: string) => {
			await pause(400);
			return [...streams].filter(([, { heard }]) => heard.includes(mark)).map(([name]) => name);
		};
		const everybody = [...streams.keys()];
		// Each has said what it follows.
		await hub.renew();
		expect(await hear(await news('network'))).toEqual(everybody);
		// Who is only a sympathiser never heard what is for members.
		const members = everybody.filter((name) => !['mathis', 'lucien'].includes(name));
		expect(await hear(await news('members'))).toEqual(members);
		const lost = Date.now();
		await Promise.all(Object.values(ways).map((lose) => lose()));
		await pause(Math.max(0, 4900 - (Date.now() - lost)));
		const [network, formembers] = [await news('network'), await news('members')];
		expect(Date.now() - lost).toBeLessThan(6000);
		// Odile is still of the network: what is for all still comes.
		expect(await hear(network)).toEqual(['odile', 'yamina']);
		expect(await hear(formembers)).toEqual(['yamina']);
		const closed = [...streams].filter(([, stream]) => stream.closed).map(([name]) => name);
		expect(closed.toSorted()).toEqual(['ines', 'samuel']);
		expect((await sessionsOf(await as('samuel'))).length).toBe(0);
	});
});
