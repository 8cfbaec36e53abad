import { expect, test } from 'vitest';
import { asSystem, read, write } from '#platform/db.ts';
import { listen } from '#platform/listen.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { holdsPower } from '../rules.ts';
import { appoint, endTerm } from './appoint.ts';
import { officeAt } from './offices.fixture.ts';

stage();

const holds = async (name: CastName, power: string, unit: string) =>
	read(
		await as(name),
		async (tx) =>
			(await tx.one<{ yes: boolean }>(
				sql`select ${holdsPower(power, sql`${idOf(unit)}::uuid`)(await as(name))} as yes`,
			))!.yes,
	);

test('a federation secretary names a treasurer in a section, who has the powers at once', async () => {
	const office = await officeAt('castelmauve', 'treasurer');
	expect(await holds('noemie', 'members.see', 'castelmauve')).toBe(false);
	const term = await appoint(await as('yamina'), {
		unit: idOf('castelmauve'),
		person: idOf('noemie'),
		office,
	});
	expect(await holds('noemie', 'members.see', 'castelmauve')).toBe(true);
	expect(
		await outcome(appoint(await as('yamina'), { unit: idOf('castelmauve'), person: idOf('noemie'), office })),
	).toBe('Conflict');
	const [entry] = await asSystem('test', (tx) =>
		tx.many<{ act: string }>(sql`select act from audit.entry where subject_id = ${idOf('noemie')}`),
	);
	expect(entry?.act).toBe('territory.appoint');

	await endTerm(await as('yamina'), { term, why: 'Déménagement' });
	expect(await holds('noemie', 'members.see', 'castelmauve')).toBe(false);
	expect(await outcome(endTerm(await as('yamina'), { term, why: '' }))).toBe('Conflict');
});

test('nobody names officers without the power, below, beside, or without a second factor', async () => {
	const office = await officeAt('castelmauve', 'treasurer');
	const named = { unit: idOf('castelmauve'), person: idOf('noemie'), office };
	for (const name of ['odile', 'mathis', 'samuel', 'leontine', 'driss', 'gerard'] as const) {
		expect([name, await outcome(appoint(await as(name), named))]).toEqual([name, 'Forbidden']);
	}
	for (const name of ['thibaud', 'josiane', 'awa', 'visitor'] as const) {
		expect([name, await outcome(appoint(await as(name), named))]).toEqual([name, 'NotFound']);
	}
	expect(await outcome(appoint(await as('yamina', { factor: false }), named))).toBe('Forbidden');
});

test('an office goes to a member of the unit or below, who is in good standing', async () => {
	const office = await officeAt('villebrume', 'treasurer');
	const yamina = await as('yamina');
	for (const name of ['ines', 'fanny', 'mathis', 'lucien', 'thibaud', 'josiane', 'awa'] as CastName[]) {
		expect([
			name,
			await outcome(appoint(yamina, { unit: idOf('villebrume'), person: idOf(name), office })),
		]).toEqual([name, 'Invalid']);
	}
	expect(await outcome(appoint(yamina, { unit: idOf('villebrume'), person: idOf('nobody'), office }))).toBe(
		'Invalid',
	);
	const elsewhere = await officeAt('valdorsande', 'treasurer');
	expect(
		await outcome(appoint(yamina, { unit: idOf('villebrume'), person: idOf('odile'), office: elsewhere })),
	).toBe('Invalid');
	const past = { unit: idOf('villebrume'), person: idOf('odile'), office, until: new Date('2020-01-01') };
	expect(await outcome(appoint(yamina, past))).toBe('Invalid');
	expect(Object.keys(cast)).toContain('ines');
});

test('nobody names a peer who names others, nor gives themselves more than they have', async () => {
	const peer = await officeAt('valdorsande', 'secretary');
	expect(
		await outcome(
			appoint(await as('yamina'), { unit: idOf('valdorsande'), person: idOf('ines'), office: peer }),
		),
	).toBe('Forbidden');
	const top = await officeAt('national', 'secretary');
	expect(
		await outcome(
			appoint(await as('bertrand'), { unit: idOf('national'), person: idOf('bertrand'), office: top }),
		),
	).toBe('Forbidden');
	const own = await officeAt('montclairval', 'secretary');
	const term = await appoint(await as('yamina'), {
		unit: idOf('montclairval'),
		person: idOf('yamina'),
		office: own,
	});
	await endTerm(await as('yamina'), { term, why: '' });
});

test('one resigns by oneself; others end a term only from above', async () => {
	const samuels = idOf('samuel term');
	for (const name of ['odile', 'ines', 'driss', 'leontine'] as const) {
		expect([name, await outcome(endTerm(await as(name), { term: samuels, why: '' }))]).toEqual([
			name,
			'Forbidden',
		]);
	}
	expect(await outcome(endTerm(await as('thibaud'), { term: samuels, why: '' }))).toBe('NotFound');
	expect(await outcome(endTerm(await as('samuel'), { term: idOf('yamina term'), why: '' }))).toBe(
		'Forbidden',
	);
	expect(await outcome(endTerm(await as('yamina'), { term: idOf('no such term'), why: '' }))).toBe(
		'NotFound',
	);
});

test('a term that ends while its holder writes stops the next write, and tells open streams', async () => {
	const office = await officeAt('montclairval', 'secretary');
	const term = await appoint(await as('sabrina'), {
		unit: idOf('montclairval'),
		person: idOf('ines'),
		office,
	});
	const writing = await as('ines');
	const told: string[] = [];
	const stop = await listen('roles', (id) => told.push(id));
	const guard = () =>
		write(writing, async (tx) => {
			const may = await tx.one(
				sql`select 1 as may where ${holdsPower('unit.edit', sql`${idOf('montclairval')}::uuid`)(writing)}`,
			);
			return Boolean(may);
		});
	expect(await guard()).toBe(true);
	await endTerm(await as('sabrina'), { term, why: 'Mandat achevé' });
	expect(await guard()).toBe(false);
	await expect.poll(() => told).toContain(idOf('ines'));
	await stop();
});

test('somebody always remains who can change offices, even when two leave at once', async () => {
	const office = await officeAt('national', 'web_officer');
	const second = await appoint(await as('bertrand'), {
		unit: idOf('national'),
		person: idOf('fanny'),
		office,
	});
	const [one, two] = await Promise.all([
		outcome(endTerm(await as('bertrand'), { term: idOf('bertrand term'), why: '' })),
		outcome(endTerm(await as('fanny'), { term: second, why: '' })),
	]);
	expect([one, two].toSorted()).toEqual(['Conflict', undefined]);
});
