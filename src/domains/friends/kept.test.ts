import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { accept, ask, friendsOf, noteSpoken, refuse, requestsTo } from './index.ts';
import { listeners } from './listen.ts';
import { privacy } from './privacy.ts';

stage();

const house = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem('test', work);
const count = async (where: ReturnType<typeof sql>) =>
	(await house((tx) => tx.one<{ n: number }>(sql`select count(*)::int as n from ${where}`)))!.n;
const asks = async (from: CastName, to: CastName, note = '') => {
	await ask(await as(from), { person: idOf(to), note });
	const [one] = await requestsTo(await as(to));
	return { request: one!.requestId };
};
const befriend = async (from: CastName, to: CastName) => accept(await as(to), await asks(from, to));
const friends = async (name: CastName) => (await friendsOf(await as(name))).friends.map((one) => one.name);
const heard = (event: string, payload: object) =>
	listeners.find(({ to }) => to === event)!.hear(payload as never);

beforeEach(() =>
	house(async (tx) => {
		for (const table of ['friends.link', 'friends.request', 'friends.shown', 'platform.bucket'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
	}),
);

test('a person takes away their friends and requests; a refusal is not told there either', async () => {
	await befriend('odile', 'mathis');
	await refuse(await as('samuel'), await asks('odile', 'samuel', 'Bonjour'));
	await refuse(await as('odile'), await asks('gerard', 'odile'));
	const taken = await house((tx) => privacy.gather(tx, idOf('odile')));
	expect(taken['friends.link']).toMatchObject([{ name: 'Mathis Lanoëz' }]);
	expect(taken['friends.request']).toMatchObject([
		{ sent: true, name: 'Mathis Lanoëz', answer: 'accepted' },
		{ sent: true, name: 'Samuel Oudraine', note: 'Bonjour', answer: null },
		{ sent: false, name: 'Gérard Valmorin', answer: 'refused' },
	]);
});

test('erased, a person is in nobody’s list, whoever asked', async () => {
	await befriend('odile', 'mathis');
	await asks('gerard', 'odile');
	await asks('odile', 'samuel');
	await befriend('lucien', 'mathis');
	await house((tx) =>
		noteSpoken(tx, { byId: idOf('odile'), asUnitId: null, unitId: null, audience: 'network' }),
	);
	await house((tx) => privacy.erase(tx, idOf('odile')));
	const odile = idOf('odile');
	expect(await count(sql`friends.link where ${odile}::uuid in (person_id, friend_id)`)).toBe(0);
	expect(await count(sql`friends.request where ${odile}::uuid in (from_id, to_id)`)).toBe(0);
	expect(await count(sql`friends.shown where person_id = ${odile}`)).toBe(0);
	expect(await friends('mathis')).toEqual(['Lucien Barrandou']);
});

test('a request is forgotten after a year, a friendship never; a rehearsal only counts', async () => {
	await befriend('odile', 'mathis');
	await asks('gerard', 'odile');
	const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
	const stale = (days: number, dry: boolean) => house((tx) => privacy.retain!(tx, inDays(days), dry));
	expect((await stale(364, true))['friends.request']).toBe(0);
	expect((await stale(367, true))['friends.request']).toBe(1);
	expect(await count(sql`friends.request`)).toBe(2);
	await stale(367, false);
	expect(await count(sql`friends.request where answer is null`)).toBe(0);
	expect(await friends('mathis')).toEqual(['Odile Fabrègat']);
});

test('who has not spoken for a year is a stranger again', async () => {
	await house((tx) =>
		noteSpoken(tx, { byId: idOf('ines'), asUnitId: null, unitId: null, audience: 'network' }),
	);
	await house((tx) => privacy.retain!(tx, new Date(Date.now() + 366 * 86_400_000), false));
	expect(await count(sql`friends.shown`)).toBe(0);
});

test('two accounts that were one: the friends of both, nobody their own friend, and nothing left of the other', async () => {
	await befriend('odile', 'mathis');
	await befriend('odile', 'gerard');
	await befriend('gerard', 'mathis');
	await befriend('gerard', 'samuel');
	await asks('lucien', 'gerard');
	await heard('people.merged', { fromId: idOf('gerard'), intoId: idOf('odile') });
	expect(await friends('odile')).toEqual(['Mathis Lanoëz', 'Samuel Oudraine']);
	expect(await friends('mathis')).toEqual(['Odile Fabrègat']);
	const gerard = idOf('gerard');
	expect(
		await count(sql`friends.link where ${gerard}::uuid in (person_id, friend_id) or person_id = friend_id`),
	).toBe(0);
	expect(await count(sql`friends.request where ${gerard}::uuid in (from_id, to_id)`)).toBe(0);
});

test('a block heard twice ends the link once, and the requests of both ways', async () => {
	await befriend('odile', 'mathis');
	await asks('gerard', 'odile');
	for (const blocked of ['mathis', 'mathis', 'gerard'] as const)
		await heard('safety.blocked', { personId: idOf('odile'), blockedId: idOf(blocked) });
	expect(await friends('odile')).toEqual([]);
	expect(await count(sql`friends.request`)).toBe(0);
});

test('speaking again renews the day, and stays one line', async () => {
	const spoken = { byId: idOf('ines'), asUnitId: null, unitId: idOf('montclairval'), audience: 'unit' };
	await Promise.all([1, 2, 3].map(() => house((tx) => noteSpoken(tx, spoken))));
	expect(await count(sql`friends.shown`)).toBe(1);
	await house((tx) => noteSpoken(tx, { ...spoken, unitId: null }));
	expect(await count(sql`friends.shown`)).toBe(1);
});
