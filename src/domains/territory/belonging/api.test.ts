import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf, type UnitKey } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, outcome, stage } from '#tests/stage.ts';

stage();

const on = (act: string, who: CastName, unit: UnitKey, person?: CastName, input = {}) =>
	program(
		act.replace(' ', ' /units/[id]/'),
		who,
		{ id: idOf(unit), ...(person && { person: idOf(person) }) },
		input,
	);
const unitsOf = async (who: CastName) => (await as(who)).units;

test('a program takes its person to another unit, and out of it', async () => {
	await on('PUT membership', 'mathis', 'castelmauve');
	expect(await unitsOf('mathis')).toContain(idOf('castelmauve'));
	expect(await unitsOf('mathis')).not.toContain(idOf('villebrume'));
	await on('DELETE membership', 'mathis', 'castelmauve');
	expect(await unitsOf('mathis')).not.toContain(idOf('castelmauve'));
	expect(await outcome(on('DELETE membership', 'mathis', 'castelmauve'))).toBe('NotFound');
	await on('PUT membership', 'mathis', 'villebrume');
});

test('officers welcome who came and take it back; it is in the journal; nobody else does', async () => {
	await on('PUT members/[person]/welcome', 'samuel', 'villebrume', 'mathis', { greeting: 'Bienvenue' });
	await on('DELETE members/[person]/welcome', 'samuel', 'villebrume', 'mathis');
	const acts = await asSystem('test', (tx) =>
		tx.many<{ act: string }>(sql`select act from audit.entry where entry.subject_id = ${idOf('mathis')}::uuid
			and entry.act like 'territory.%welcome%' order by entry.seq`),
	);
	expect(acts).toHaveLength(2);
	for (const who of ['odile', 'fanny'] as const)
		expect(await outcome(on('PUT members/[person]/welcome', who, 'villebrume', 'mathis'))).toBe('Forbidden');
	expect(
		await outcome(
			program('PUT /units/[id]/members/[person]/welcome', 'samuel', { id: idOf('villebrume'), person: 'x' }),
		),
	).toBe('NotFound');
});

test('a membership is confirmed once', async () => {
	await on('POST members/[person]/confirmation', 'samuel', 'villebrume', 'mathis');
	expect(await outcome(on('POST members/[person]/confirmation', 'samuel', 'villebrume', 'mathis'))).toBe(
		'Conflict',
	);
	expect(await outcome(on('POST members/[person]/confirmation', 'samuel', 'villebrume', 'ines'))).toBe(
		'NotFound',
	);
});
