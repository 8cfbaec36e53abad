import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { CastName } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { askQuestion, reply } from './questions.ts';
import { questionsWaiting } from './questions-waiting.ts';
import { inHours, planned, set } from './stage.fixture.ts';

stage();
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from events.event`)).then(() => {}));

const ask = async (name: CastName, eventId: string, question = 'Y aura-t-il des chaises ?') =>
	askQuestion(await as(name), eventId, { question });
const waiting = async (name: CastName | 'visitor', factor = true) =>
	questionsWaiting(await as(name, { factor }), 3);

test('who organises has the questions that nobody answered, the soonest event first, each with who asked', async () => {
	const [later, soon] = [await planned({ startsAt: inHours(90) }), await planned({ startsAt: inHours(20) })];
	const [second, first] = [await ask('odile', later), await ask('mathis', soon, 'À quelle heure ?')];
	const found = await waiting('samuel');
	expect(found.rows.map(({ id }) => id)).toEqual([first, second]);
	expect(found.rows[0]).toMatchObject({
		eventId: soon,
		text: 'À quelle heure ?',
		by: { name: 'Mathis Lanoëz' },
	});
	expect((await waiting('yamina')).count).toBe(2);
	await reply(await as('samuel'), soon, { id: first, reply: 'À neuf heures.' });
	expect((await waiting('samuel')).rows.map(({ id }) => id)).toEqual([second]);
});

test('all are counted, a few are given', async () => {
	const id = await planned();
	for (const n of [1, 2, 3, 4]) await ask('odile', id, `Question ${n}`);
	const { rows, count } = await waiting('samuel');
	expect([rows.map(({ text }) => text), count]).toEqual([['Question 1', 'Question 2', 'Question 3'], 4]);
});

test('they wait for nobody else: not who asked, not a member, not an office elsewhere or without its second factor', async () => {
	const id = await planned({ visibility: 'network' });
	await ask('odile', id);
	await ask('samuel', id);
	for (const name of ['odile', 'mathis', 'ines', 'visitor'] as const)
		expect([name, await waiting(name)]).toEqual([name, { rows: [], count: 0 }]);
	expect((await waiting('samuel', false)).count).toBe(0);
	expect((await waiting('samuel')).count).toBe(1);
});

test('nobody answers any more about what is past or called off', async () => {
	const [off, past] = [await planned(), await planned()];
	await ask('odile', off);
	await ask('odile', past);
	expect((await waiting('samuel')).count).toBe(2);
	await set(off, 'cancelled_at = now()');
	await set(past, `starts_at = now() - interval '5 hours', ends_at = now() - interval '2 hours'`);
	expect((await waiting('samuel')).count).toBe(0);
});
