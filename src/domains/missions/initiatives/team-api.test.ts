import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { outcome, stage } from '#tests/stage.ts';

stage();
let id: string;
const unit = idOf('villebrume');
beforeEach(async () => {
	await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
	({ id } = await program('POST /initiatives', 'odile', {}, { unit, title: 'Un four', text: 'Du pain' }));
});

const on = (act: string, who: CastName, person?: CastName) =>
	program(act.replace(' ', ' /initiatives/[id]/'), who, { id, ...(person && { person: idOf(person) }) });
const team = async () =>
	(await program<{ people: { id: string }[] }>('GET /initiatives/[id]', 'samuel', { id })).people.map(
		(one) => one.id,
	);

test('one asks to be of a team, is taken in by who leads it, and leaves', async () => {
	await on('PUT membership', 'mathis');
	expect(await outcome(on('PUT team/[person]', 'gerard', 'mathis'))).toBe('Forbidden');
	await on('PUT team/[person]', 'odile', 'mathis');
	expect(await team()).toContain(idOf('mathis'));
	await on('DELETE membership', 'mathis');
	expect(await team()).not.toContain(idOf('mathis'));
	expect(await outcome(on('PUT membership', 'fanny'))).toBe('NotFound');
});

test('who asked is declined; what is no id is no address', async () => {
	await on('PUT membership', 'mathis');
	await on('DELETE team/[person]', 'odile', 'mathis');
	expect(await team()).not.toContain(idOf('mathis'));
	expect(await outcome(program('PUT /initiatives/[id]/team/[person]', 'odile', { id, person: 'x' }))).toBe(
		'NotFound',
	);
});

test('closed by who leads it, an idea is supported no more', async () => {
	expect(await outcome(on('POST closing', 'mathis'))).toBe('Forbidden');
	await on('POST closing', 'odile');
	expect(await outcome(on('PUT support', 'mathis'))).toBe('Forbidden');
	expect(await program('GET /initiatives/[id]', 'mathis', { id })).toMatchObject({ state: 'closed' });
});

test('a petition is launched, read by anybody, and closed with what came of it', async () => {
	const petition = await program(
		'POST /petitions',
		'odile',
		{},
		{ unit, title: 'Un bus', addressed_to: 'Aux élus', text: 'Vite' },
	);
	const close = (who: CastName) =>
		program('POST /petitions/[id]/closing', who, { id: petition.id }, { result: 'Gagné' });
	expect(await outcome(close('mathis'))).toBe('Forbidden');
	expect(await program('GET /petitions/[id]', 'visitor', { id: petition.id })).toMatchObject({
		title: 'Un bus',
		by: null,
		state: 'open',
	});
	await close('odile');
	expect(await program('GET /petitions/[id]', 'visitor', { id: petition.id })).toMatchObject({
		state: 'closed',
		outcome: 'Gagné',
	});
	expect(await outcome(program('GET /petitions/[id]', 'visitor', { id }))).toBe('NotFound');
});
