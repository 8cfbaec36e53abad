import { describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { apartFrom, block, mute, setApart, unblock, unmute } from './apart.ts';
import { isApartFrom } from './policy.ts';

stage();

const apart = async (one: Parameters<typeof as>[0], other: string) => {
	const viewer = await as(one);
	const row = await read(viewer, (tx) =>
		tx.one<{ apart: boolean }>(sql`select ${isApartFrom(sql`${idOf(other)}::uuid`)(viewer)} as apart`),
	);
	return row!.apart;
};

describe('Odile blocks Mathis', () => {
	test('both are kept apart, and only she is told', async () => {
		await block(await as('odile'), idOf('mathis'));
		expect(await apart('odile', 'mathis')).toBe(false);
		expect(await apart('mathis', 'odile')).toBe(false);
		expect(await apart('samuel', 'mathis')).toBe(true);
		expect((await setApart(await as('odile'))).blocked.map(({ id }) => id)).toEqual([idOf('mathis')]);
		expect((await setApart(await as('mathis'))).blocked).toEqual([]);
	});

	test('twice at the same time is once', async () => {
		const odile = await as('odile');
		await Promise.all([
			block({ ...odile }, idOf('ines')),
			block({ ...odile }, idOf('ines')),
			block({ ...odile }, idOf('ines')),
		]);
		const rows = await asSystem('test', (tx) =>
			tx.many(sql`select 1 from safety.block where blocked_id = ${idOf('ines')}`),
		);
		expect(rows).toHaveLength(1);
	});

	test('he cannot undo it; she can', async () => {
		await unblock(await as('mathis'), idOf('odile'));
		expect(await apart('mathis', 'odile')).toBe(false);
		await unblock(await as('odile'), idOf('mathis'));
		expect(await apart('mathis', 'odile')).toBe(true);
	});

	test('a third person reads nothing of it, even without a filter', async () => {
		await block(await as('odile'), idOf('mathis'));
		expect(
			await read(await as('ines'), (tx) =>
				tx.many(sql`select * from safety.block where blocked_id = ${idOf('mathis')}`),
			),
		).toEqual([]);
	});
});

test('muting is one way and reversible', async () => {
	await mute(await as('odile'), idOf('samuel'));
	expect((await setApart(await as('odile'))).muted).toHaveLength(1);
	expect(await apart('samuel', 'odile')).toBe(true);
	expect(await read(await as('samuel'), (tx) => tx.many(sql`select * from safety.mute`))).toEqual([]);
	await unmute(await as('odile'), idOf('samuel'));
	expect((await setApart(await as('odile'))).muted).toHaveLength(0);
});

test('oneself, a stranger, somebody who is not in yet, and who may not act', async () => {
	expect(await outcome(block(await as('odile'), idOf('odile')))).toBe('Invalid');
	expect(await outcome(block(await as('odile'), idOf('nobody')))).toBe('NotFound');
	expect(await outcome(mute(await as('odile'), idOf('awa')))).toBe('NotFound');
	expect(await outcome(apartFrom(await as('odile'), idOf('awa')))).toBe('NotFound');
	expect(await outcome(block(await as('thibaud'), idOf('odile')))).toBe('Forbidden');
	expect(await outcome(block(await as('visitor'), idOf('odile')))).toBe('Forbidden');
});
