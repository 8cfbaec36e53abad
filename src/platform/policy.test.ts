import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { asSystem, type Tx } from './db.ts';
import { every, isAnyone, isMember, isPresent, isSelf, policy, some } from './policy.ts';
import { sql } from './sql.ts';
import { type Viewer, visitor } from './viewer.ts';

stage();

const named = (name: string) => () => sql`person.name = ${name}`;
/** Odile is seen by everybody and edited by herself; Mathis is seen by members; of the others nobody knows. */
const people = policy(
	'people.person',
	{
		see: some(named('Odile Fabrègat'), every(isMember, named('Mathis Lanoëz'))),
		edit: every(isPresent, isSelf(sql`person.id`)),
		// A column that is empty for them: null is no.
		miss: () => sql`person.left_at < now()`,
	},
	'test.person',
);

const answers = (viewer: Viewer, name: 'odile' | 'mathis') =>
	asSystem('test', (tx) =>
		tx.one<{ may: Record<string, boolean> }>(
			sql`select ${people.may(viewer)} from people.person where id = ${idOf(name)}::uuid`,
		),
	).then((row) => row!.may);
const guarded = (viewer: Viewer, ability: 'see' | 'edit' | 'miss', name: string) =>
	told(asSystem('test', (tx) => people.guard(tx, viewer, ability, idOf(name))));

test('what one may not see does not exist; what one sees and may not do is refused', async () => {
	const [odile, mathis] = [await as('odile'), await as('mathis')];
	expect(await guarded(odile, 'edit', 'odile')).toBe('done');
	expect(await guarded(odile, 'edit', 'mathis')).toBe('Forbidden');
	expect(await guarded(mathis, 'edit', 'odile')).toBe('Forbidden');
	expect(await guarded(visitor, 'edit', 'mathis')).toBe('NotFound');
	expect(await guarded(odile, 'see', 'samuel')).toBe('NotFound');
	expect(await guarded(odile, 'see', 'nobody at all')).toBe('NotFound');
});

test('filter, annotation and guard give one answer, for everybody', async () => {
	for (const name of ['odile', 'mathis', 'thibaud', 'awa', 'josiane', 'visitor'] as const) {
		const viewer = await as(name);
		for (const row of ['odile', 'mathis'] as const) {
			const may = await answers(viewer, row);
			const seen = await asSystem('test', (tx) =>
				tx.one(sql`select 1 from people.person where id = ${idOf(row)}::uuid and ${people.see(viewer)}`),
			);
			expect([name, row, may.see]).toEqual([name, row, seen !== undefined]);
			for (const ability of ['see', 'edit'] as const)
				expect([name, row, ability, may[ability]]).toEqual([
					name,
					row,
					ability,
					(await guarded(viewer, ability, row)) === 'done',
				]);
		}
	}
});

test('an answer that is neither yes nor no is no', async () => {
	const odile = await as('odile');
	expect((await answers(odile, 'odile')).miss).toBe(false);
	expect(await guarded(odile, 'miss', 'odile')).toBe('Forbidden');
});

test('who is suspended, gone, unconfirmed or without account is not present; nobody is nobody’s self', async () => {
	for (const name of ['thibaud', 'josiane', 'awa', 'visitor'] as const) {
		const viewer = await as(name);
		expect([name, isPresent(viewer).text, isMember(viewer).text]).toEqual([name, 'false', 'false']);
	}
	expect(isSelf(sql`person.id`)(visitor).text).toBe('false');
	expect([
		isAnyone(visitor).text,
		isPresent(await as('mathis')).text,
		isMember(await as('mathis')).text,
	]).toEqual(['true', 'true', 'false']);
});

test('a guarded row is held until the change is done: who comes second decides on what is then', async () => {
	const odile = await as('odile');
	const order: string[] = [];
	const hold = (name: string, work: (tx: Tx) => Promise<void>) =>
		asSystem('test', async (tx) => {
			await people.guard(tx, odile, 'edit', idOf('odile'));
			order.push(`${name} in`);
			await work(tx);
			order.push(`${name} out`);
		});
	let second: Promise<void> = Promise.resolve();
	await hold('first', async () => {
		second = hold('second', async () => {});
		await later(100);
	});
	await second;
	expect(order).toEqual(['first in', 'first out', 'second in', 'second out']);
});
