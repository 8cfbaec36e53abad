import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf, type UnitKey } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, meeting, refused, scene, told } from '#tests/traces.ts';
import { changeUnit, joinUnit } from '../belonging/join.ts';
import { inventedZones, loadZones, zoneId } from '../zones/index.ts';
import { CreateForm, createUnit, MoveForm, moveUnit, RenameForm, renameUnit } from './arrange.ts';
import { CloseForm, closeUnit, reopenUnit } from './close.ts';
import { CoverForm, coverZones, setCoverage } from './coverage.ts';
import { EditForm, editPage } from './edit.ts';
import { placesFor } from './places.ts';
import { showUnit } from './show.ts';
import { slugOf } from './slug.ts';

stage();

const tables = ['territory.unit', 'territory.attachment', 'territory.coverage'];
const kinds: Record<string, string> = {};
beforeAll(async () => {
	await asSystem('test', (tx) => loadZones(tx, inventedZones()));
	const rows = await asSystem('test', (tx) =>
		tx.many<{ key: string; id: string }>(sql`select key, id from territory.unit_kind`),
	);
	for (const { key, id } of rows) kinds[key] = id;
});
const create = async (who: CastName, under: UnitKey, kind: string, name = 'Section des Tanneries') =>
	createUnit(await as(who), idOf(under), { name, kind: kinds[kind] ?? newId() });
const changeAs = async (who: CastName, unit: string) => changeUnit(await as(who), unit);
const close = async (who: CastName, unit: string, heir = '') => closeUnit(await as(who), unit, { heir });

test('each refusal to make, move or rename says why, and the tree stays', async () => {
	const no = (work: () => Promise<unknown>) => refused(tables, work);
	const move = async (who: CastName, unit: UnitKey, parent: UnitKey) =>
		moveUnit(await as(who), idOf(unit), { parent: idOf(parent) });
	expect(await no(() => create('yamina', 'valdorsande', 'region'))).toBe(
		'Invalid: kind territory.unit_kind_misplaced',
	);
	expect(await no(() => create('yamina', 'valdorsande', 'no such kind'))).toBe(
		'Invalid: kind territory.unit_kind_misplaced',
	);
	expect(await no(() => create('yamina', 'hautsarvan', 'section'))).toBe('Forbidden');
	expect(await no(() => create('samuel', 'villebrume', 'section'))).toBe('Forbidden');
	expect(await no(() => move('bertrand', 'orsande', 'villebrume'))).toBe(
		'Invalid: parent territory.unit_own_ancestor',
	);
	expect(await no(() => move('bertrand', 'villebrume', 'orsande'))).toBe(
		'Invalid: parent territory.unit_kind_misplaced',
	);
	expect(await no(() => move('yamina', 'villebrume', 'hautsarvan'))).toBe('Forbidden');
	expect(await no(() => move('yamina', 'valdorsande', 'sarvan'))).toBe('Forbidden');
	expect(await no(async () => renameUnit(await as('samuel'), idOf('villebrume'), { name: 'Ville' }))).toBe(
		'Forbidden',
	);
	expect(await no(async () => renameUnit(await as('yamina'), newId(), { name: 'Ville' }))).toBe('NotFound');
});

test('what is done to the tree is in the journal, with where it came from', async () => {
	const id = await create('yamina', 'valdorsande', 'section');
	await renameUnit(await as('yamina'), id, { name: 'Section des Tanneries-Hautes' });
	await moveUnit(await as('bertrand'), id, { parent: idOf('hautsarvan') });
	expect((await journal('territory.create_unit')).at(-1)).toMatchObject({
		actor: idOf('yamina'),
		subject: id,
		unit: idOf('valdorsande'),
	});
	expect((await journal('territory.rename_unit')).at(-1)).toMatchObject({ subject: id, unit: id });
	expect((await journal('territory.move_unit')).at(-1)).toMatchObject({
		actor: idOf('bertrand'),
		unit: idOf('hautsarvan'),
		detail: { from: idOf('valdorsande') },
	});
	expect((await showUnit(await as('visitor'), 'section-des-tanneries')).name).toBe(
		'Section des Tanneries-Hautes',
	);
	await close('bertrand', id);
});

test('each refusal to close says why; the number of people is in the sentence', async () => {
	expect(await refused(tables, () => close('yamina', idOf('castelmauve')))).toBe(
		'Invalid: heir territory.unit_close_needs_heir',
	);
	const why = await close('yamina', idOf('villebrume')).catch(({ problems }) => problems[0].args);
	expect(why.n).toBeGreaterThan(5);
	for (const heir of ['castelmauve', 'pontsarvan', 'valdorsande', 'nowhere'])
		expect([heir, await refused(tables, () => close('yamina', idOf('castelmauve'), idOf(heir)))]).toEqual([
			heir,
			'Invalid: heir territory.unit_close_needs_heir',
		]);
	expect(await refused(tables, () => close('sabrina', idOf('valdorsande')))).toBe(
		'Conflict: territory.unit_close_has_below',
	);
	expect(await refused(tables, () => close('samuel', idOf('villebrume')))).toBe('Forbidden');
});

test('closed twice, even at once, a place closes once and the journal says it once', async () => {
	const id = await create('yamina', 'valdorsande', 'section', 'Section brève');
	const before = (await journal('territory.close_unit')).length;
	await Promise.all([close('yamina', id), close('sabrina', id)].map((one) => told(one)));
	await told(close('yamina', id));
	expect((await journal('territory.close_unit')).length).toBe(before + 1);
});

test('a place that is open already does not open again in the journal', async () => {
	const id = await create('yamina', 'valdorsande', 'section', 'Section ouverte');
	const before = (await journal('territory.reopen_unit')).length;
	await reopenUnit(await as('yamina'), id);
	expect((await journal('territory.reopen_unit')).length).toBe(before);
	await close('yamina', id);
	await Promise.all([reopenUnit(await as('yamina'), id), reopenUnit(await as('yamina'), id)]);
	expect((await journal('territory.reopen_unit')).length).toBe(before + 1);
	await close('yamina', id);
});

test('a place does not open again below one that is closed', async () => {
	const federation = await create('sabrina', 'orsande', 'federation', 'Fédération brève');
	const section = await createUnit(await as('sabrina'), federation, {
		name: 'Section de la brève',
		kind: kinds.section!,
	});
	await close('sabrina', section);
	await close('sabrina', federation);
	expect(await refused(tables, async () => reopenUnit(await as('sabrina'), section))).toBe(
		'Conflict: territory.unit_reopen_above_first',
	);
	await reopenUnit(await as('sabrina'), federation);
	expect(await told(reopenUnit(await as('sabrina'), section))).toBe('done');
	await close('sabrina', section);
	await close('sabrina', federation);
});

test('when a place closes while people come into it, nobody is left behind', async () => {
	const id = await create('yamina', 'valdorsande', 'section', 'Section pressée');
	const outcomes = await meeting(
		'territory.unit',
		() => told(close('yamina', id, idOf('castelmauve'))),
		() => told(asSystem('test', (tx) => joinUnit(tx, idOf('tidiane'), id))),
		() => told(changeAs('fanny', id)),
	);
	const left = await asSystem('test', (tx) =>
		tx.many(sql`select 1 from territory.attachment where until is null and unit_id = ${id}`),
	);
	expect([outcomes[0], left]).toEqual(['done', []]);
	await scene(
		sql`delete from territory.attachment where unit_id <> ${idOf('pontsarvan')} and person_id = any (${['tidiane', 'fanny'].map(idOf)}::uuid[])`,
		sql`update territory.attachment set until = null where person_id = ${idOf('fanny')}`,
	);
});

test('which communes a place covers: one typed, several kept, one taken off, an unknown one refused', async () => {
	const cover = async (zones: string[], commune = '') =>
		coverZones(await as('yamina'), idOf('villebrume'), { zones, commune });
	const covered = async () =>
		(await placesFor(await as('yamina'), idOf('villebrume'))).zones.map(({ id }) => id);
	const [one, two] = [zoneId('commune', 'X01001'), zoneId('commune', 'X01005')];
	await cover([one, ''], '');
	expect(await covered()).toEqual([one]);
	await cover([one, ''], 'les aubrelles');
	expect((await covered()).length).toBe(2);
	await cover([one, two], 'typed, yet chosen in the list');
	expect((await covered()).toSorted()).toEqual([one, two].toSorted());
	expect(await refused(tables, () => cover([one, ''], 'nulle-part-sur-mer'))).toBe(
		'Invalid: zones territory.zone_unknown',
	);
	expect(await refused(tables, async () => setCoverage(await as('yamina'), idOf('villebrume'), ['x']))).toBe(
		'Invalid: zones territory.zone_unknown',
	);
	expect((await journal('territory.cover_zones')).at(-1)!.detail).toEqual({ zones: 2 });
	await cover([''], '');
	expect(await covered()).toEqual([]);
});

test('a page saved over somebody else’s is refused in words, and theirs stays', async () => {
	const { version } = await showUnit(await as('samuel'), idOf('villebrume'));
	const save = async (text: string, at: number) =>
		editPage(await as('samuel'), idOf('villebrume'), {
			version: at,
			publicText: text,
			membersText: '',
			contactEmail: 'villebrume@rive.example',
		});
	await save('Le mardi.', version);
	expect(await refused(tables, () => save('Le jeudi.', version))).toBe(
		'Conflict: territory.unit_page_changed',
	);
	const seen = async (who: CastName | 'visitor') => {
		const { publicText, contactEmail, editedBy } = await showUnit(await as(who), idOf('villebrume'));
		return [publicText, contactEmail, editedBy];
	};
	expect(await seen('samuel')).toEqual(['Le mardi.', 'villebrume@rive.example', 'Samuel Oudraine']);
	expect(await seen('odile')).toEqual(['Le mardi.', null, null]);
	await save('Le mardi.', version + 1);
	expect((await journal('territory.edit_page')).length).toBe(2);
});

test('the forms say what is missing or too long, in their own words', () => {
	expect(faults(CreateForm, { name: ' a ', kind: idOf('x') })).toEqual(['name territory.unit_name_short']);
	expect(faults(RenameForm, { name: 'x'.repeat(121) })).toEqual(['name territory.unit_name_long']);
	expect(faults(CreateForm, { name: 'Section', kind: 'section' })).toEqual(['kind territory.unit_choose']);
	expect(faults(MoveForm, { parent: '' })).toEqual(['parent territory.unit_choose']);
	expect(faults(CloseForm, { heir: '' })).toEqual([]);
	expect(faults(CloseForm, { heir: 'elsewhere' })).toEqual(['heir territory.unit_choose']);
	expect(faults(CoverForm, { commune: 'x'.repeat(101) })).toEqual(['commune territory.zone_unknown']);
	const page = { version: '3', publicText: '', membersText: '' };
	expect(faults(EditForm, page)).toEqual([]);
	expect(faults(EditForm, { ...page, version: 'last' })).toEqual(['version territory.unit_page_reload']);
	expect(faults(EditForm, { ...page, publicText: 'x'.repeat(10_001) })).toEqual([
		'publicText territory.unit_text_long',
	]);
	expect(faults(EditForm, { ...page, contactEmail: 'nobody at home' })).toEqual([
		'contactEmail territory.unit_email_shape',
	]);
});

test('an address name is made of letters and digits only, and never empty', () => {
	expect(slugOf('Section de l’Île-aux-Œufs')).toBe('section-de-l-ile-aux-oeufs');
	expect(slugOf('***')).toBe('unite');
	expect(slugOf('x'.repeat(200)).length).toBeLessThanOrEqual(70);
	expect(slugOf(`${'mot '.repeat(30)}`)).not.toMatch(/-$/);
});
