import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, stage } from '#tests/stage.ts';
import { answer } from './answer.ts';
import { homeEvents } from './home.ts';
import { invitePerson, inviteUnit } from './invite.ts';
import { inHours, planned, set } from './stage.fixture.ts';

stage();
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from events.event`)).then(() => {}));

const says = async (name: CastName, id: string, presence: 'coming' | 'maybe' | 'no') =>
	answer(await as(name), id, { presence, guests: 0 });
const asked = async (name: CastName, justSaid?: string) => (await homeEvents(await as(name), justSaid)).asked;
const next = async (name: CastName) => (await homeEvents(await as(name))).next.map(({ id }) => id);

test('the home asks the soonest that waits for an answer; answered, it asks the one after', async () => {
	const [later, soon] = [await planned({ startsAt: inHours(72) }), await planned({ startsAt: inHours(24) })];
	expect(await asked('odile')).toMatchObject({ id: soon, answer: null });
	await says('odile', soon, 'maybe');
	expect(await asked('odile')).toMatchObject({ id: later });
	await says('odile', later, 'no');
	expect(await asked('odile')).toBeNull();
});

test('what one has this moment said stays before one’s eyes, a refusal too, so that it may be changed', async () => {
	const [soon, later] = [await planned({ startsAt: inHours(24) }), await planned({ startsAt: inHours(72) })];
	await says('odile', soon, 'no');
	expect(await asked('odile', soon)).toMatchObject({ id: soon, answer: 'no' });
	expect(await asked('odile')).toMatchObject({ id: later });
	expect(await next('odile')).toEqual([later]);
	expect(await asked('odile', 'nonsense')).toMatchObject({ id: later });
});

test('somebody invited from elsewhere is asked, alone or with their unit', async () => {
	const id = await planned({ unit: 'montclairval' });
	expect(await asked('odile')).toBeNull();
	const yamina = await as('yamina');
	await invitePerson(yamina, id, idOf('odile'));
	expect(await asked('odile')).toMatchObject({ id });
	expect(await asked('mathis')).toBeNull();
	await inviteUnit(yamina, id, idOf('villebrume'));
	expect(await asked('mathis')).toMatchObject({ id });
});

test('nothing is asked about what is called off, has begun, is too far ahead or is not shown to one', async () => {
	const off = await planned();
	await set(off, `cancelled_at = now()`);
	const begun = await planned({ startsAt: inHours(-1) });
	await planned({ startsAt: inHours(24 * 60) });
	await planned({ unit: 'pontsarvan' });
	expect(await asked('odile')).toBeNull();
	expect(await next('odile')).toEqual([begun]);
	expect(await homeEvents(visitor)).toEqual({ next: [], asked: null });
});

test('three are listed by date: where one goes first of all', async () => {
	const at = (hours: number) => planned({ startsAt: inHours(hours) });
	const [first, second, third, fourth] = [await at(10), await at(20), await at(30), await at(40)];
	expect(await next('odile')).toEqual([first, second, third]);
	await says('odile', fourth, 'coming');
	expect(await next('odile')).toEqual([first, second, fourth]);
});

test('who comes is named to whom may know them, in their order; the others are counted', async () => {
	const id = await planned({ visibility: 'network' });
	for (const name of ['mathis', 'gerard', 'samuel'] as const) await says(name, id, 'coming');
	const names = async () => (await asked('odile'))?.people.map(({ name }) => name);
	expect(await names()).toEqual(['Mathis Lanoëz', 'Gérard Valmorin']);
	await asSystem('test', (tx) =>
		tx.run(
			sql`insert into safety.block (person_id, blocked_id) values (${idOf('mathis')}, ${idOf('odile')})`,
		),
	);
	expect(await names()).toEqual(['Gérard Valmorin', 'Samuel Oudraine']);
	expect((await asked('odile'))?.coming).toBe(3);
	await asSystem('test', (tx) => tx.run(sql`delete from safety.block`));
});

test('a program is told the same', async () => {
	const [soon, later] = [await planned({ startsAt: inHours(24) }), await planned({ startsAt: inHours(72) })];
	await says('mathis', soon, 'coming');
	await says('odile', later, 'no');
	const told = await program<Awaited<ReturnType<typeof homeEvents>>>('GET /events/next', 'odile');
	expect(told.asked).toMatchObject({ id: soon, people: [{ name: 'Mathis Lanoëz' }] });
	expect(told.next.map(({ id }) => id)).toEqual([soon]);
});
