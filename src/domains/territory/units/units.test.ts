import { beforeAll, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { cast, idOf, units } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { repairCounts } from '../belonging/counts.ts';
import { inventedZones, loadZones, zoneId } from '../zones/index.ts';
import { createUnit, moveUnit, renameUnit } from './arrange.ts';
import { sectionsFor, unitCards } from './card.ts';
import { closeUnit, reopenUnit } from './close.ts';
import { setCoverage } from './coverage.ts';
import { editPage } from './edit.ts';
import { listUnits, unitsAround } from './list.ts';
import { placesFor } from './places.ts';
import { showUnit } from './show.ts';

stage();

const [villebrume, valdorsande, hautsarvan] = [idOf('villebrume'), idOf('valdorsande'), idOf('hautsarvan')];
const kinds: Record<string, string> = {};
beforeAll(async () => {
	await asSystem('test', (tx) => loadZones(tx, inventedZones()));
	for (const { key, id } of await asSystem('test', (tx) =>
		tx.many<{ key: string; id: string }>(sql`select key, id from territory.unit_kind`),
	))
		kinds[key] = id;
});
const ancestors = (name: string) =>
	asSystem(
		'test',
		async (tx) =>
			(await tx.one<{
				names: string[];
			}>(sql`select array(select above.name from territory.unit as above where above.id = any (unit.ancestors)
		order by array_position(unit.ancestors, above.id)) as names from territory.unit where name = ${name}`))!
				.names,
	);
const zone = (code: string) => zoneId('commune', code);

test('a page shows a visitor the place and its public words, and the name of nobody', async () => {
	await editPage(await as('samuel'), villebrume, {
		version: 1,
		publicText: 'On se voit le mardi.',
		membersText: 'Le code de la salle est 12.',
		contactEmail: '',
	});
	const page = await showUnit(await as('visitor'), 'section-de-villebrume');
	expect(page).toMatchObject({
		name: units.villebrume.name,
		publicText: 'On se voit le mardi.',
		membersText: null,
		officers: null,
		mine: null,
		editedBy: null,
	});
	expect(page.chain.map(({ name }) => name)).toEqual([
		units.national.name,
		'Région des Hautes-Orsandes',
		units.valdorsande.name,
	]);
	const written = JSON.stringify(page);
	for (const { name } of Object.values(cast))
		for (const part of name.split(' ')) expect(written).not.toContain(part);
});

test('inside the network officers have a name; only people of the unit read its own part', async () => {
	expect((await showUnit(await as('odile'), villebrume)).membersText).toContain('salle');
	const ines = await showUnit(await as('ines'), villebrume);
	expect([ines.membersText, ines.officers?.map(({ name }) => name)]).toEqual([null, [cast.samuel.name]]);
	expect((await showUnit(await as('thibaud'), villebrume)).officers).toBeNull();
	expect((await showUnit(await as('yamina'), villebrume)).membersText).toContain('salle');
	expect((await showUnit(await as('fanny'), villebrume)).membersText).toBeNull();
	expect(await outcome(showUnit(await as('odile'), newId()))).toBe('NotFound');
	expect(await outcome(showUnit(await as('odile'), "'; drop table"))).toBe('NotFound');
});

test('two officers who edit at once: the first is kept, the second gets theirs back', async () => {
	const { version } = await showUnit(await as('samuel'), villebrume);
	const text = (publicText: string) => ({ version, publicText, membersText: '', contactEmail: '' });
	const both = await Promise.all([
		outcome(editPage(await as('samuel'), villebrume, text('De Samuel'))),
		outcome(editPage(await as('yamina'), villebrume, text('De Yamina'))),
	]);
	expect(both.toSorted()).toEqual(['Conflict', undefined]);
	const after = await showUnit(await as('samuel'), villebrume);
	expect([after.version, `De ${after.editedBy!.split(' ')[0]}`]).toEqual([version + 1, after.publicText]);
});

test('only who answers for the unit, or above, edits it', async () => {
	const edit = { version: 1, publicText: '', membersText: '', contactEmail: '' };
	for (const who of ['odile', 'mathis', 'fanny', 'driss', 'gerard'] as const)
		expect([who, await outcome(editPage(await as(who), villebrume, edit))]).toEqual([who, 'Forbidden']);
	expect(await outcome(editPage(await as('samuel', { factor: false }), villebrume, edit))).toBe('Forbidden');
	expect(await outcome(editPage(await as('samuel'), newId(), edit))).toBe('NotFound');
});

test('a federation makes a section, under its own roof and of a kind that goes there', async () => {
	const yamina = await as('yamina');
	const id = await createUnit(yamina, valdorsande, {
		name: 'Section de Roche-Talmère',
		kind: kinds.section!,
	});
	expect(await ancestors('Section de Roche-Talmère')).toEqual([
		units.national.name,
		'Région des Hautes-Orsandes',
		units.valdorsande.name,
		'Section de Roche-Talmère',
	]);
	const twins = await Promise.all(
		[1, 2].map(async () =>
			createUnit(await as('yamina'), valdorsande, { name: 'Section jumelle', kind: kinds.section! }),
		),
	);
	const cards = await read(yamina, (tx) => unitCards(tx, yamina, twins));
	expect(cards.map(({ slug }) => slug).toSorted()).toEqual(['section-jumelle', 'section-jumelle-2']);
	expect(await outcome(createUnit(yamina, valdorsande, { name: 'Région', kind: kinds.region! }))).toBe(
		'Invalid',
	);
	expect(await outcome(createUnit(yamina, hautsarvan, { name: 'Ailleurs', kind: kinds.section! }))).toBe(
		'Forbidden',
	);
	expect(
		await outcome(createUnit(await as('samuel'), villebrume, { name: 'Sous-section', kind: kinds.section! })),
	).toBe('Forbidden');
	await renameUnit(yamina, id, { name: 'Section de la Roche' });
	expect((await showUnit(yamina, 'section-de-roche-talmere')).name).toBe('Section de la Roche');
	expect(await outcome(renameUnit(await as('driss'), id, { name: 'Prise' }))).toBe('Forbidden');
	for (const each of [...twins, id]) await closeUnit(yamina, each, { heir: '' });
});

test('a unit never becomes its own ancestor', async () => {
	const bertrand = await as('bertrand');
	expect(await outcome(moveUnit(bertrand, valdorsande, { parent: valdorsande }))).toBe('Invalid');
	expect(await outcome(moveUnit(bertrand, idOf('orsande'), { parent: villebrume }))).toBe('Invalid');
	const error = await moveUnit(bertrand, valdorsande, { parent: villebrume }).catch(
		(refusal) => refusal.problems,
	);
	expect(error).toEqual([{ field: 'parent', key: 'territory.unit_own_ancestor' }]);
});

test('a branch moves whole, with its counts; the way back too; two moves at once leave a tree', async () => {
	const bertrand = await as('bertrand');
	await moveUnit(bertrand, valdorsande, { parent: idOf('sarvan') });
	expect(await ancestors(units.villebrume.name)).toEqual([
		units.national.name,
		'Région de la Côte-Sarvane',
		units.valdorsande.name,
		units.villebrume.name,
	]);
	expect(await asSystem('test', repairCounts)).toBe(0);
	const [one, two] = [await as('bertrand'), await as('sabrina')];
	await Promise.all([
		moveUnit(one, valdorsande, { parent: idOf('orsande') }),
		moveUnit(two, hautsarvan, { parent: idOf('orsande') }),
		moveUnit(one, villebrume, { parent: hautsarvan }),
	]);
	expect(await ancestors(units.villebrume.name)).toEqual([
		units.national.name,
		'Région des Hautes-Orsandes',
		'Fédération du Littoral-Sarvan',
		units.villebrume.name,
	]);
	expect(await asSystem('test', repairCounts)).toBe(0);
	await moveUnit(one, hautsarvan, { parent: idOf('sarvan') });
	await moveUnit(one, villebrume, { parent: valdorsande });
	expect(await outcome(moveUnit(await as('yamina'), valdorsande, { parent: idOf('sarvan') }))).toBe(
		'Forbidden',
	);
	expect(await outcome(moveUnit(await as('yamina'), villebrume, { parent: hautsarvan }))).toBe('Forbidden');
});

test('a unit closes once nobody is left in it, and opens again', async () => {
	const yamina = await as('yamina');
	const castelmauve = idOf('castelmauve');
	expect(await outcome(closeUnit(yamina, castelmauve, { heir: '' }))).toBe('Invalid');
	expect(await outcome(closeUnit(yamina, castelmauve, { heir: idOf('pontsarvan') }))).toBe('Invalid');
	expect(await outcome(closeUnit(await as('bertrand'), valdorsande, { heir: '' }))).toBe('Conflict');
	expect(await outcome(closeUnit(await as('samuel'), villebrume, { heir: '' }))).toBe('Forbidden');
	await closeUnit(yamina, castelmauve, { heir: idOf('montclairval') });
	expect((await as('noemie')).units).toEqual([idOf('montclairval')]);
	expect(await outcome(showUnit(await as('odile'), castelmauve))).toBe('NotFound');
	expect((await listUnits(await as('visitor'), { q: 'castelmauve' })).units).toEqual([]);
	expect(await asSystem('test', repairCounts)).toBe(0);
	await reopenUnit(yamina, castelmauve);
	expect((await showUnit(await as('visitor'), castelmauve)).name).toBe('Section de Castelmauve');
});

test('a commune finds its section, else the nearest around; several are all given', async () => {
	const yamina = await as('yamina');
	await setCoverage(yamina, villebrume, [zone('X01001'), zone('X01005')]);
	await setCoverage(yamina, idOf('montclairval'), [zone('X01005')]);
	await setCoverage(await as('bertrand'), valdorsande, [zoneId('department', 'X01')]);
	const names = async (code: string) => {
		const visitor = await as('visitor');
		return (await read(visitor, (tx) => sectionsFor(tx, visitor, zone(code)))).map(({ name }) => name);
	};
	expect(await names('X01001')).toEqual([units.villebrume.name]);
	expect(await names('X01005')).toEqual(['Section de Montclairval', units.villebrume.name]);
	expect(await names('X01004')).toEqual([units.valdorsande.name]);
	expect(await names('X04001')).toEqual([]);
	expect(await names('nowhere')).toEqual([]);
	expect(await outcome(setCoverage(yamina, villebrume, ['commune:none']))).toBe('Invalid');
	expect(await outcome(setCoverage(await as('samuel'), villebrume, []))).toBe('Forbidden');
	expect(await unitsAround(await as('visitor'), 'aubrelles')).toContainEqual(
		expect.objectContaining({ commune: 'Les Aubrelles' }),
	);
});

test('the directory is searched without accents, and goes down the tree page by page', async () => {
	const visitor = await as('visitor');
	expect((await listUnits(visitor)).units.map(({ name }) => name)).toEqual([units.national.name]);
	expect((await listUnits(visitor, { parentId: valdorsande })).units).toHaveLength(3);
	expect((await listUnits(visitor, { q: 'FEDERATION' })).units).toHaveLength(2);
	expect((await listUnits(visitor, { q: '%' })).units).toEqual([]);
	const few = (await listUnits(visitor, { q: 'castelmauve' })).units[0]!;
	expect([few.members, few.depth, few.levels]).toEqual([null, 0, 4]);
	await asSystem('test', (tx) =>
		tx.run(sql`insert into territory.unit (id, kind_id, parent_id, ancestors, slug, name, folded_name)
		select gen_random_uuid(), ${kinds.section!}::uuid, ${hautsarvan}::uuid, array[]::uuid[], 'many-' || n, 'Many ' || n, 'many ' || lpad(n::text, 3, '0') from generate_series(1, 60) as n`),
	);
	const first = await listUnits(visitor, { q: 'many' });
	const second = await listUnits(visitor, { q: 'many', cursor: first.next });
	expect([first.units.length, second.units.length, second.next]).toEqual([50, 10, null]);
	await asSystem('test', (tx) => tx.run(sql`delete from territory.unit where slug like 'many-%'`));
});

test('the forms offer only where a unit may go', async () => {
	const places = await placesFor(await as('bertrand'), valdorsande);
	expect(places.parents.map(({ name }) => name)).toEqual(['Région de la Côte-Sarvane']);
	expect(places.kinds).toHaveLength(1);
	expect(await outcome(placesFor(await as('samuel'), villebrume))).toBe('Forbidden');
});
