import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told } from '#tests/traces.ts';
import { powers } from '../blueprint.ts';
import { CreateKindForm, createKind, editKind, moveKind, removeKind, swap } from './kinds.ts';
import { keyFrom, nounFrom } from './naming.ts';
import { blank, named, officeAt } from './offices.fixture.ts';
import { createOffice, editOffice, moveOffice, retireOffice } from './posts.ts';
import { kindList, kindPage, officePage } from './structure.ts';

stage();

const tables = ['territory.unit_kind', 'territory.unit_kind_child', 'territory.office', 'territory.term'];
const kind = async (key: string) => (await kindList(await as('bertrand'))).find((one) => one.key === key)!;
const create = async (name: string, under = '', who: CastName = 'bertrand') =>
	createKind(await as(who), { ...named(name), under });

test('each refusal about levels says why, and nothing changed', async () => {
	const [section, federation] = [await kind('section'), await kind('federation')];
	const edit = (one: typeof section, children: string[]) =>
		refused(tables, async () => editKind(await as('bertrand'), { ...named('lieu'), kind: one.id, children }));
	expect(await edit(section, [federation.id])).toBe('Invalid: children territory.kind_circle');
	expect(await edit(section, [section.id])).toBe('Invalid: children territory.kind_circle');
	expect(await edit(federation, [])).toBe('Invalid: children territory.kind_child_used');
	expect(await refused(tables, () => create('cercle', idOf('nowhere')))).toBe(
		'Invalid: under territory.kind_unknown',
	);
	expect(await refused(tables, () => create(''))).toBe('Invalid: one_f territory.kind_word_missing');
	expect(await refused(tables, async () => removeKind(await as('bertrand'), { kind: section.id }))).toBe(
		'Conflict: territory.kind_has_units',
	);
	expect(await refused(tables, () => create('cercle', '', 'samuel'))).toBe('Forbidden');
	expect(await refused(tables, () => create('cercle', '', 'thibaud'))).toBe('NotFound');
});

test('how many places stand in the way is told with the sentence', async () => {
	const federation = await kind('federation');
	const refusal = await editKind(await as('bertrand'), {
		...named('fédération'),
		kind: federation.id,
		children: [],
	}).catch(({ problems }) => problems);
	expect(refusal).toEqual([{ field: 'children', key: 'territory.kind_child_used', args: { n: 4 } }]);
});

test('two levels of one name get two keys, even made at once', async () => {
	const ids = await Promise.all([create('Cercle d’étude'), create('Cercle d’étude')]);
	const keys = (await kindList(await as('bertrand')))
		.filter(({ id }) => ids.includes(id))
		.map(({ key }) => key);
	expect(keys.toSorted()).toEqual(['cercle_d_etude', 'cercle_d_etude_2']);
	expect((await journal('territory.create_kind')).map(({ subject }) => subject).toSorted()).toEqual(
		ids.toSorted(),
	);
	for (const id of ids) await removeKind(await as('bertrand'), { kind: id });
});

test('the first line does not go up, the last one not down, and an unknown one moves nothing', async () => {
	const order = async () => (await kindList(await as('bertrand'))).map(({ key }) => key);
	const before = await order();
	const move = async (key: string, direction: 'up' | 'down') =>
		moveKind(await as('bertrand'), { id: (await kind(key)).id, direction });
	await move(before[0]!, 'up');
	await move(before.at(-1)!, 'down');
	expect(await order()).toEqual(before);
	await move(before[0]!, 'down');
	expect(await order()).toEqual([before[1], before[0], ...before.slice(2)]);
	await move(before[0]!, 'up');
	const line = ['a', 'b'];
	swap(line, 'c', 'up');
	expect(line).toEqual(['a', 'b']);
	expect(
		await refused(tables, async () =>
			moveKind(await as('bertrand'), { id: idOf('nowhere'), direction: 'up' }),
		),
	).toBe('NotFound');
});

test('each refusal about offices says why, and nothing changed', async () => {
	const bertrand = () => as('bertrand');
	const secretary = await officeAt('villebrume', 'secretary');
	const keeper = await officeAt('national', 'web_officer');
	const edit = (office: string, given: string[]) =>
		refused(tables, async () =>
			editOffice(await bertrand(), powers, { ...named('secrétaire'), office, powers: given }),
		);
	expect(await edit(secretary, ['root'])).toBe('Invalid: powers territory.power_unknown');
	expect(await edit(keeper, ['audit.read'])).toBe('Conflict: territory.term_last_keeper');
	expect(await edit(idOf('nowhere'), [])).toBe('NotFound');
	expect(await refused(tables, async () => retireOffice(await bertrand(), { office: secretary }))).toBe(
		'Invalid: sure territory.office_still_held',
	);
	expect(
		await refused(tables, async () => retireOffice(await bertrand(), { office: keeper, sure: 'on' })),
	).toBe('Conflict: territory.term_last_keeper');
	expect(
		await refused(tables, async () => retireOffice(await as('samuel'), { office: secretary, sure: 'on' })),
	).toBe('Forbidden');
	const moderator = await officeAt('valdorsande', 'moderator');
	await retireOffice(await bertrand(), { office: moderator });
	expect(await refused(tables, async () => retireOffice(await bertrand(), { office: moderator }))).toBe(
		'Conflict: territory.office_retired_already',
	);
	await scene(sql`update territory.office set retired_at = null where id = ${moderator}::uuid`);
});

test('an office closed by two at once is closed once', async () => {
	const office = await officeAt('valdorsande', 'moderator');
	const close = async () => told(retireOffice(await as('bertrand'), { office }));
	expect((await Promise.all([close(), close()])).toSorted()).toEqual([
		'Conflict: territory.office_retired_already',
		'done',
	]);
	await scene(sql`update territory.office set retired_at = null where id = ${office}::uuid`);
});

test('closing an office answers the offers that waited for it', async () => {
	const office = await officeAt('castelmauve', 'secretary');
	await scene(sql`insert into territory.claim (id, unit_id, office_id, person_id)
		values (${idOf('waiting')}, ${idOf('castelmauve')}, ${office}::uuid, ${idOf('noemie')})`);
	await retireOffice(await as('bertrand'), { office, sure: 'on' });
	expect((await officePage(await as('bertrand'), office)).holders).toBe(0);
	expect(
		await asSystem('test', (tx) =>
			tx.one(sql`select outcome, decided_by from territory.claim where id = ${idOf('waiting')}`),
		),
	).toEqual({ outcome: 'refused', decided_by: idOf('bertrand') });
	await scene(
		sql`update territory.office set retired_at = null where id = ${office}::uuid`,
		sql`update territory.term set ends_at = null, ended_by = null where id = any (${['samuel term', 'fanny term'].map(idOf)}::uuid[])`,
	);
});

test('an office made with powers in any order keeps them in the house’s order, and the journal says what changed', async () => {
	const section = await kind('section');
	const office = await createOffice(await as('bertrand'), powers, {
		...named('archiviste'),
		kind: section.id,
		powers: ['unit.speak', 'members.see'],
	});
	expect((await officePage(await as('bertrand'), office)).powers).toEqual(['members.see', 'unit.speak']);
	await editOffice(await as('bertrand'), powers, {
		...named('archiviste'),
		office,
		powers: ['members.see', 'unit.edit'],
	});
	expect((await journal('territory.edit_office')).at(-1)!.detail).toEqual({
		name: 'archiviste',
		added: 'unit.edit',
		removed: 'unit.speak',
	});
	await moveOffice(await as('bertrand'), { id: office, direction: 'up' });
	expect(
		(await kindPage(await as('bertrand'), section.id)).offices.findIndex(({ id }) => id === office),
	).toBe(1);
	await retireOffice(await as('bertrand'), { office });
	expect((await kindPage(await as('bertrand'), section.id)).offices.at(-1)!.id).toBe(office);
});

test('a noun asks for the forms its gender needs, and takes the others from them', () => {
	expect(nounFrom({ ...named('cellule') }).fr).toMatchObject({
		one_f: 'cellule',
		one_m: 'cellule',
		one_n: 'cellule',
	});
	const missing = (typed: Parameters<typeof nounFrom>[0]) => {
		try {
			nounFrom(typed);
			return [];
		} catch (error) {
			return (error as { problems: { field: string }[] }).problems.map(({ field }) => field);
		}
	};
	expect(missing({ ...blank, gender: 'm' })).toEqual(['one_m', 'many_m']);
	expect(missing({ ...blank, gender: 'n' })).toEqual(['one_f', 'many_f', 'one_m', 'many_m']);
	expect(missing({ ...named('cellule'), gender: 'm' })).toEqual(['one_m', 'many_m']);
	expect(keyFrom('Responsable du site')).toBe('responsable_du_site');
	expect(keyFrom('Œuvre — l’été')).toMatch(/^[a-z0-9_]+$/);
	expect(keyFrom('***')).toBe('sans_nom');
});

test('what is left empty in English is said as in French, in one number as in several', () => {
	const english = (typed: object) => nounFrom({ ...named('cellule'), ...typed }).en;
	expect(english({ en_one: '', en_many: '' })).toEqual({ one: 'cellule', many: 'cellules' });
	expect(english({ en_one: 'cell', en_many: '' })).toEqual({ one: 'cell', many: 'cells' });
	const both = { gender: 'n' as const, one_m: 'délégué', many_m: 'délégués', en_one: '', en_many: '' };
	expect(english(both)).toEqual({ one: 'délégué', many: 'délégués' });
});

test('the form refuses signs that would break a sentence, and asks for a gender', () => {
	const faulty = (typed: object) => faults(CreateKindForm, { ...named('cellule'), ...typed });
	expect(faulty({ one_f: 'cel{lule' })).toEqual(['one_f territory.kind_word_signs']);
	expect(faulty({ en_one: '<b>' })).toEqual(['en_one territory.kind_word_signs']);
	expect(faulty({ many_f: 'x'.repeat(61) })).toEqual(['many_f territory.kind_word_too_long']);
	expect(faulty({ gender: 'x' })).toEqual(['gender territory.kind_choose_gender']);
	expect(faults(CreateKindForm, { one_f: 'cellule' })).toEqual(['gender territory.kind_choose_gender']);
});
