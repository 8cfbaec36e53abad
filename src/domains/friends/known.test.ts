import { expect, test } from 'vitest';
import { report } from '#domains/safety/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { apartFrom, ask, block, hasMet, mute, noteSpoken, withdraw } from './index.ts';

stage();

const tries = async (one: CastName, other: CastName) => outcome(mute(await as(one), idOf(other)));

test('a name is told only to who could open the person; answering a post to the network makes one known', async () => {
	const look = async () => outcome(apartFrom(await as('odile'), idOf('tidiane')));
	expect(await look()).toBe('NotFound');
	await asSystem('test', (tx) =>
		noteSpoken(tx, { byId: idOf('tidiane'), asUnitId: null, unitId: null, audience: 'network' }),
	);
	expect(await look()).toMatchObject({ name: 'Tidiane Solvignac', blocked: false });
	expect(await hasMet(await as('mathis'), idOf('samuel'))).toBe(true);
});

test('blocking tells nobody whether somebody unseen exists', async () => {
	expect(await outcome(block(await as('ines'), idOf('lucien')))).toBe('NotFound');
	expect(await tries('ines', 'lucien')).toBe('NotFound');
	expect(await outcome(block(await as('ines'), idOf('nobody')))).toBe('NotFound');
});

test('who asked one is kept apart even once they took it back; twice is once', async () => {
	const id = idOf('request');
	await asSystem('test', (tx) =>
		tx.run(sql`insert into friends.request (id, from_id, to_id, note)
			values (${id}, ${idOf('noemie')}, ${idOf('ines')}, 'Bonjour')`),
	);
	await withdraw(await as('noemie'), { request: id });
	expect(await tries('noemie', 'ines')).toBe('NotFound');
	expect(await outcome(ask(await as('ines'), { person: idOf('noemie'), note: '' }))).toBe('NotFound');
	expect(await outcome(block(await as('ines'), idOf('noemie')))).toBeUndefined();
	expect(await outcome(block(await as('ines'), idOf('noemie')))).toBeUndefined();
});

test('who wrote words that one reported is kept apart, seen or not', async () => {
	expect(await tries('mathis', 'driss')).toBeUndefined();
	expect(await tries('mathis', 'noemie')).toBe('NotFound');
	const words = { kind: 'comment', id: idOf('words'), placeId: idOf('post'), hostId: idOf('odile') } as const;
	const subject = { ...words, authorId: idOf('noemie'), unitId: idOf('castelmauve') };
	await report(await as('mathis'), subject, { reason: 'attack', note: '' });
	expect(await tries('mathis', 'noemie')).toBeUndefined();
});
