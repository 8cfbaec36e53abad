import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf, type UnitKey } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, told } from '#tests/traces.ts';

stage();

const at = (unit: UnitKey | string) => ({ id: unit.includes('-') ? unit : idOf(unit as UnitKey) });
const on = <T = { id: string }>(act: string, who: CastName, unit: UnitKey | string, input: object = {}) =>
	program<T>(act.replace(' ', ' /units/[id]/'), who, at(unit), input);
const shown = (unit: UnitKey | string, who: CastName = 'odile') =>
	program<{ name: string; publicText: string; chain: { id: string }[]; zones: string[] }>(
		'GET /units/[id]',
		who,
		at(unit),
	);
const tables = ['territory.unit', 'territory.coverage', 'territory.invitation'];
const places = (who: CastName, unit: UnitKey) =>
	on<{ kinds: { id: string }[]; parents: { id: string }[] }>('GET places', who, unit);

test('a program makes a unit below another, names it again, closes it and opens it; the journal says so each time', async () => {
	const [kind] = (await places('yamina', 'valdorsande')).kinds;
	const form = { name: 'Section du Pré', kind: kind!.id };
	for (const who of ['samuel', 'odile', 'driss'] as const)
		expect([who, await refused(tables, () => on('POST units', who, 'valdorsande', form))]).toEqual([
			who,
			'Forbidden',
		]);
	expect(await told(on('POST units', 'yamina', 'valdorsande', { ...form, name: ' ' }))).toMatch(
		/^Invalid: name /,
	);
	expect(await told(on('POST units', 'yamina', 'valdorsande', { ...form, kind: 'x' }))).toMatch(
		/^Invalid: kind /,
	);
	const { id } = await on('POST units', 'yamina', 'valdorsande', form);
	expect(await told(on('PUT name', 'yamina', id, { name: 'Autre', closed: true }))).toBe(
		'Invalid: closed app.invalid_value',
	);
	await on('PUT name', 'yamina', id, { name: 'Section des Prés' });
	expect(await shown(id)).toMatchObject({ name: 'Section des Prés' });
	await on('PUT closing', 'yamina', id);
	expect(await told(shown(id))).toBe('NotFound');
	expect(await refused(tables, () => on('DELETE closing', 'samuel', id))).toBe('NotFound');
	await on('DELETE closing', 'yamina', id);
	expect((await shown(id)).name).toBe('Section des Prés');
	const acts = ['create_unit', 'rename_unit', 'close_unit', 'reopen_unit'];
	for (const act of acts) expect([act, (await journal(`territory.${act}`)).length]).toEqual([act, 1]);
});

test('a unit with people closes only when somebody takes them, and is put elsewhere by who arranges both places', async () => {
	expect(await refused(tables, () => on('PUT closing', 'yamina', 'villebrume'))).toMatch(/^Invalid: heir /);
	expect(
		await refused(tables, () => on('PUT parent', 'yamina', 'villebrume', { parent: idOf('hautsarvan') })),
	).toBe('Forbidden');
	expect(await told(on('PUT parent', 'bertrand', 'villebrume', { parent: idOf('villebrume') }))).toMatch(
		/^Invalid: parent /,
	);
	await on('PUT parent', 'bertrand', 'villebrume', { parent: idOf('hautsarvan') });
	expect((await shown('villebrume')).chain.map(({ id }) => id)).toContain(idOf('hautsarvan'));
	await on('PUT parent', 'bertrand', 'villebrume', { parent: idOf('valdorsande') });
});

test('what a unit covers is the whole list that was sent; a zone that is none changes nothing', async () => {
	const zones = (
		await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select id from territory.zone order by id limit 2`),
		)
	).map(({ id }) => id);
	const covered = async () =>
		(await on<{ zones: { id: string }[] }>('GET places', 'yamina', 'castelmauve')).zones
			.map(({ id }) => id)
			.toSorted();
	await on('PUT zones', 'yamina', 'castelmauve', { zones });
	expect(await covered()).toEqual(zones);
	expect(await refused(tables, () => on('PUT zones', 'yamina', 'castelmauve', { zones: ['nowhere'] }))).toBe(
		'Invalid: zones territory.zone_unknown',
	);
	expect(await told(on('PUT zones', 'yamina', 'castelmauve'))).toMatch(/^Invalid: zones /);
	expect(await refused(tables, () => on('PUT zones', 'samuel', 'castelmauve', { zones: [] }))).toBe(
		'Forbidden',
	);
	await on('PUT zones', 'yamina', 'castelmauve', { zones: [] });
	expect(await covered()).toEqual([]);
});

test('the page of a unit is written as it was read: who writes second is told', async () => {
	const page = { version: 1, publicText: 'Bienvenue', membersText: 'Le code', contactEmail: '' };
	for (const who of ['odile', 'driss'] as const)
		expect(await refused(tables, () => on('PUT page', who, 'villebrume', page))).toBe('Forbidden');
	expect(await told(on('PUT page', 'samuel', 'villebrume', { ...page, contactEmail: 'ici' }))).toBe(
		'Invalid: contactEmail territory.unit_email_shape',
	);
	await on('PUT page', 'samuel', 'villebrume', page);
	expect(await shown('villebrume', 'ines')).toMatchObject({ publicText: 'Bienvenue', membersText: null });
	expect(await refused(tables, () => on('PUT page', 'yamina', 'villebrume', page))).toBe(
		'Conflict: territory.unit_page_changed',
	);
});

test('a link into one’s own unit is made, listed and ended by its author alone', async () => {
	const { code } = await on<{ code: string }>('POST invitations', 'odile', 'villebrume');
	const links = async (who: CastName) =>
		(await on<{ items: { id: string; code: string }[] }>('GET invitations', who, 'villebrume')).items;
	const [link] = await links('odile');
	expect([link!.code, await links('mathis')]).toEqual([code, []]);
	const end = (who: CastName, invitation: string) =>
		program('DELETE /units/[id]/invitations/[invitation]', who, { ...at('villebrume'), invitation });
	for (const [who, id] of [
		['mathis', link!.id],
		['odile', 'x'],
		['odile', idOf('nothing')],
	] as const)
		expect(await refused(tables, () => end(who, id))).toBe('NotFound');
	await end('odile', link!.id);
	expect(await links('odile')).toEqual([]);
	for (const act of ['GET', 'POST'])
		expect(await told(on(`${act} invitations`, 'ines', 'villebrume'))).toBe('Forbidden');
});
