import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf, type UnitKey } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { as, stage } from '#tests/stage.ts';
import { journal, refused, told } from '#tests/traces.ts';
import { named, officeAt } from './offices.fixture.ts';

stage();
beforeEach(() =>
	asSystem('test', async (tx) => {
		for (const table of ['claim', 'handover', 'loan'])
			await tx.run(sql`delete from territory.${sql.raw(table)}`);
	}),
);

const tables = [
	'territory.term',
	'territory.claim',
	'territory.handover',
	'territory.loan',
	'territory.office',
];
const at = (unit: UnitKey) => ({ id: idOf(unit) });
const tomorrow = new Date(Date.now() + 86_400_000 * 2).toISOString().slice(0, 10);
const powersOf = async (who: CastName) =>
	(await program<{ held: { power: string }[] }>('GET /powers', who)).held.map(({ power }) => power);

test('an officer’s program reads which units have nobody, in their territory only', async () => {
	const unled = async (who: CastName) =>
		program<{ items: { id: string }[]; count: number }>('GET /unled-units', who);
	const mine = await unled('yamina');
	const ids = mine.items.map(({ id }) => id);
	expect([ids.includes(idOf('castelmauve')), ids.includes(idOf('portbrumel'))]).toEqual([true, false]);
	expect(mine.count).toBe(ids.length);
	expect(await unled('driss')).toMatchObject({ items: [], count: 0 });
});

test('a program names somebody to an office, and ends it: the powers come and go; who does not name there does not', async () => {
	const office = await officeAt('villebrume', 'treasurer');
	const name = (who: CastName, input: object = {}) =>
		program('POST /units/[id]/terms', who, at('villebrume'), { person: idOf('odile'), office, ...input });
	const offices = (who: CastName) =>
		program<{ items: { id: string }[] }>('GET /units/[id]/offices', who, at('villebrume'));
	expect((await offices('yamina')).items.map(({ id }) => id)).toContain(office);
	expect(await told(offices('odile'))).toBe('NotFound');
	const found = await program('GET /units/[id]/candidates', 'yamina', at('villebrume'), { q: 'Odile' });
	expect(found).toMatchObject({ items: [{ id: idOf('odile') }] });
	for (const who of ['samuel', 'driss', 'odile'] as const)
		expect([who, await refused(tables, () => name(who))]).toEqual([who, 'Forbidden']);
	for (const [input, problem] of [
		[{ person: idOf('mathis') }, 'person territory.term_members_only'],
		[{ person: idOf('ines') }, 'person territory.term_elsewhere'],
		[{ person: '' }, 'person territory.term_choose_person'],
		[{ office: 'x' }, 'office territory.term_choose_office'],
		[{ until: '2020-01-01' }, 'until territory.term_until_past'],
		[{ until: 'demain' }, 'until territory.office_day_shape'],
	] as const)
		expect(await refused(tables, () => name('yamina', input))).toBe(`Invalid: ${problem}`);
	const { id } = await name('yamina', { until: tomorrow });
	const held = await powersOf('odile');
	expect(held.length).toBeGreaterThan(0);
	const end = (who: CastName) => program('POST /terms/[id]/end', who, { id }, { why: 'Fin' });
	for (const who of ['mathis', 'driss'] as const)
		expect(await refused(tables, () => end(who))).toBe('Forbidden');
	await end('yamina');
	expect(await powersOf('odile')).toEqual([]);
	expect(await told(end('yamina'))).toMatch(/^Conflict/);
});

test('an offer to lead is listed to who decides, and taken back by its author', async () => {
	const { id } = await program('POST /units/[id]/claim', 'ines', at('montclairval'), {
		reason: 'Je veux bien',
	});
	const waiting = async (who: CastName) =>
		(await program<{ items: { id: string; reason: string }[] }>('GET /claims', who)).items;
	expect(await waiting('yamina')).toMatchObject([{ id, reason: 'Je veux bien' }]);
	expect([await waiting('samuel'), await waiting('driss')]).toEqual([[], []]);
	const back = (who: CastName) => program('DELETE /claims/[id]', who, { id });
	expect([await refused(tables, () => back('odile')), await refused(tables, () => back('yamina'))]).toEqual([
		'NotFound',
		'Forbidden',
	]);
	await back('ines');
	expect(await waiting('yamina')).toEqual([]);
	expect(await told(back('ines'))).not.toBe('done');
});

test('an office is handed over in three steps, each by its person, and nothing passes before the last', async () => {
	const propose = (who: CastName, person: CastName) =>
		program(
			'POST /terms/[id]/handover',
			who,
			{ id: idOf('samuel term') },
			{ person: idOf(person), note: 'Merci' },
		);
	expect(await refused(tables, () => propose('odile', 'odile'))).toBe('Forbidden');
	expect(await refused(tables, () => propose('samuel', 'samuel'))).toBe(
		'Invalid: person territory.handover_oneself',
	);
	const { id } = await propose('samuel', 'odile');
	const step = (act: string, who: CastName) => program(act.replace('*', '/handovers/[id]'), who, { id });
	expect(await step('GET *', 'odile')).toMatchObject({ mine: 'to', note: 'Merci', accepted_at: null });
	expect(await told(step('GET *', 'mathis'))).toBe('NotFound');
	expect(await told(step('PUT */confirmation', 'samuel'))).toBe('Conflict: territory.handover_not_accepted');
	expect(await refused(tables, () => step('PUT */acceptance', 'mathis'))).toBe('NotFound');
	await step('PUT */acceptance', 'odile');
	expect((await program<{ handovers: object[] }>('GET /handovers', 'odile')).handovers).toMatchObject([
		{ id, mine: 'to', accepted: true },
	]);
	expect(await powersOf('odile')).toEqual([]);
	expect(await refused(tables, () => step('PUT */confirmation', 'odile'))).toBe('Forbidden');
	await step('DELETE *', 'odile');
	expect(await told(step('PUT */confirmation', 'samuel'))).not.toBe('done');
	expect(await powersOf('odile')).toEqual([]);
});

test('powers are lent until a day, never more than one holds, and the loan is ended by either', async () => {
	const lend = (who: CastName, powers: string[], until = tomorrow) =>
		program('POST /units/[id]/loans', who, at('villebrume'), { person: idOf('odile'), powers, until });
	const { items } = await program<{ items: { power: string }[] }>(
		'GET /units/[id]/lendable',
		'samuel',
		at('villebrume'),
	);
	expect(items.map(({ power }) => power)).toContain('unit.edit');
	expect(await refused(tables, () => lend('samuel', ['kinds.edit']))).toBe(
		'Invalid: powers territory.loan_not_yours',
	);
	expect(await told(lend('samuel', []))).toBe('Invalid: powers territory.loan_choose_powers');
	expect(await refused(tables, () => lend('fanny', ['unit.edit']))).toBe('Forbidden');
	const { id } = await lend('samuel', ['unit.edit']);
	expect(await powersOf('odile')).toEqual(['unit.edit']);
	expect((await program<{ items: object[] }>('GET /loans', 'samuel')).items).toMatchObject([
		{ id, mine: 'lender' },
	]);
	expect(await refused(tables, () => program('DELETE /loans/[id]', 'driss', { id }))).toBe('NotFound');
	await program('DELETE /loans/[id]', 'samuel', { id });
	expect(await powersOf('odile')).toEqual([]);
});

test('levels and offices are kept at the top: made, renamed, moved and closed; who keeps them elsewhere changes nothing', async () => {
	const levels = async (who: CastName) =>
		(await program<{ items: { id: string; name: { fr: { one_f: string } } }[] }>('GET /levels', who)).items;
	const top = (await levels('bertrand'))[0]!;
	const noun = named('maison');
	expect(await refused(tables, () => program('POST /levels', 'yamina', {}, noun))).toBe('Forbidden');
	expect(await told(program('POST /levels', 'bertrand', {}, { ...noun, one_f: '' }))).toBe(
		'Invalid: one_f territory.kind_word_missing',
	);
	const { id } = await program('POST /levels', 'bertrand', {}, { ...noun, under: top.id });
	await program('PATCH /levels/[id]', 'bertrand', { id }, { ...named('grange'), children: [] });
	await program('POST /levels/[id]/move', 'bertrand', { id }, { direction: 'up' });
	expect(await told(program('POST /levels/[id]/move', 'bertrand', { id }, { direction: 'left' }))).toBe(
		'Invalid: direction app.invalid_value',
	);
	expect((await levels('bertrand')).at(-2)).toMatchObject({ id, name: { fr: { one_f: 'grange' } } });
	const make = (input: object) =>
		program(
			'POST /levels/[id]/offices',
			'bertrand',
			{ id },
			{ ...named('gardienne'), powers: ['unit.edit'], ...input },
		);
	expect(await refused(tables, () => make({ powers: ['all.of.it'] }))).toBe(
		'Invalid: powers territory.power_unknown',
	);
	const office = await make({ leads: true });
	const edit = (who: CastName) =>
		program('PATCH /offices/[id]', who, office, {
			...named('gardienne'),
			powers: ['unit.edit', 'members.see'],
		});
	expect(await refused(tables, () => edit('odile'))).not.toBe('done');
	await edit('bertrand');
	const page = async () =>
		(
			await program<{ offices: { id: string; powers: string[]; leads: boolean; retired: boolean }[] }>(
				'GET /levels/[id]',
				'bertrand',
				{ id },
			)
		).offices;
	expect(await page()).toMatchObject([{ ...office, leads: false }]);
	expect((await page())[0]!.powers.toSorted()).toEqual(['members.see', 'unit.edit']);
	await program('POST /offices/[id]/move', 'bertrand', office, { direction: 'down' });
	await program('PUT /offices/[id]/retirement', 'bertrand', office);
	expect((await page()).filter(({ retired }) => !retired)).toEqual([]);
	expect((await journal('territory.retire_office')).length).toBeGreaterThan(0);
	await program('DELETE /levels/[id]', 'bertrand', { id });
	expect((await levels('bertrand')).map((one) => one.id)).not.toContain(id);
	const used = (await levels('bertrand')).at(-1)!;
	expect(await refused(tables, () => program('DELETE /levels/[id]', 'bertrand', { id: used.id }))).toBe(
		'Conflict: territory.kind_has_units',
	);
});

test('an office that somebody holds closes only when one says that one knows', async () => {
	const office = { id: await officeAt('villebrume', 'secretary') };
	const retire = (input: object) => program('PUT /offices/[id]/retirement', 'bertrand', office, input);
	expect(await refused(tables, () => retire({}))).toBe('Invalid: sure territory.office_still_held');
	expect(await told(retire({ sure: 'oui' }))).toBe('Invalid: sure app.invalid_value');
	expect((await as('samuel')).officer).toBe(true);
	await retire({ sure: true });
	expect((await as('samuel')).officer).toBe(false);
});
