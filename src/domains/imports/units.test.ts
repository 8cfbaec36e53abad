import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { bring, rowVersions, send } from './imports.fixture.ts';
import { launch, layTerritory, problemsOf, showImport, undo } from './index.ts';
import { work } from './run/engine.ts';

stage();

const head = 'Code;Nom;Type;Code parent;Communes;Courriel\n';
const unitBy = (code: string) =>
	asSystem('test', (tx) =>
		tx.one(sql`
	select unit.name, unit_kind.key as kind, parent.code as parent, unit.contact_email as email, unit.closed_at is null as open,
		array(select zone_id from territory.coverage where unit_id = unit.id order by 1) as zones
	from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id left join territory.unit as parent on parent.id = unit.parent_id where unit.code = ${code}`),
	);

test('a list of units goes in, parents in any order; again, nothing is touched; undone, nothing is left', async () => {
	const sabrina = await as('sabrina');
	const before = await rowVersions();
	const text = `${head}S9901;Section de la Baume;section;F99;;baume@rive.example\nF99;Fédération des Causses;fédération;R03;;\n;Section du Lac;;F99;;\n`;
	const done = await bring(sabrina, text, { kind: 'units' });
	expect(done).toMatchObject({ state: 'done', counts: { created: 3 } });
	expect(await unitBy('S9901')).toMatchObject({
		kind: 'section',
		parent: 'F99',
		email: 'baume@rive.example',
	});
	expect(await unitBy('section-du-lac')).toMatchObject({ kind: 'section', parent: 'F99' });
	const after = await rowVersions();
	expect((await bring(sabrina, text, { kind: 'units' })).counts).toEqual({ same: 3 });
	expect(await rowVersions()).toBe(after);
	await undo({ ...sabrina }, done.id);
	await drainJobs();
	expect(await showImport(sabrina, done.id)).toMatchObject({ state: 'undone', counts: { removed: 3 } });
	expect(await unitBy('F99')).toBeUndefined();
	expect(await rowVersions()).toBe(before);
});

test('a federation officer makes sections under their federation and nowhere else; each refusal says its line', async () => {
	const yamina = await as('yamina');
	const text = `${head}S0901;Section d’Aubrelles;section;F01;;\nS0902;Section volée;section;F07;;\nS0702;Section de Port-Brumel;section;F01;;\nX1;Perdue;section;NOPE;;\nX2;Région de trop;région;F01;;\n`;
	const id = await send(yamina, text, { kind: 'units' });
	expect((await problemsOf(yamina, id)).map(({ code, example }) => [example.line, code]).toSorted()).toEqual([
		[3, 'parent_elsewhere'],
		[4, 'unit_elsewhere'],
		[5, 'parent_unknown'],
		[6, 'kind_misplaced'],
	]);
	expect((await bring(yamina, text, { kind: 'units' })).counts).toEqual({ created: 1, refused: 4 });
	expect(await unitBy('S0901')).toMatchObject({ parent: 'F01' });
	expect(await unitBy('S0702')).toMatchObject({ parent: 'F07' });
});

test('a unit named twice, a circle and an officer who may not make units', async () => {
	const yamina = await as('yamina');
	const id = await send(
		yamina,
		`${head}A1;Une;section;A2;;\nA2;Deux;section;A1;;\nA3;Trois;section;F01;;\nA3;Trois bis;section;F01;;\n`,
		{ kind: 'units' },
	);
	const codes = (await problemsOf(yamina, id)).map(({ code }) => code);
	expect(codes).toEqual(expect.arrayContaining(['parent_circle', 'duplicate_unit']));
	expect(await outcome(send(await as('samuel'), head, { kind: 'units' }))).toBe('NotFound');
});

test('the whole territory is laid in one action: zones, regions and departments; twice makes nothing more; undone, units go', async () => {
	const sabrina = await as('sabrina');
	await asSystem('test', (tx) => saveSetting(tx, 'demo', true, null));
	expect(
		await outcome(layTerritory(await as('yamina'), { region: 'region', department: 'federation' })),
	).toBe('NotFound');
	expect(await outcome(layTerritory({ ...sabrina }, { region: 'federation', department: 'region' }))).toBe(
		'Invalid',
	);
	const id = await layTerritory({ ...sabrina }, { region: 'region', department: 'federation' });
	expect(await outcome(layTerritory({ ...sabrina }, { region: 'region', department: 'federation' }))).toBe(
		'Conflict',
	);
	await drainJobs();
	const done = await showImport(sabrina, id);
	expect(done).toMatchObject({ state: 'done' });
	expect(done.done).toBe(done.total);
	expect(done.counts.created).toBeGreaterThan(3);
	const again = await layTerritory({ ...sabrina }, { region: 'region', department: 'federation' });
	await drainJobs();
	expect((await showImport(sabrina, again)).counts.created).toBeUndefined();
	await undo({ ...sabrina }, id);
	await drainJobs();
	expect((await showImport(sabrina, id)).counts.removed).toBe(done.counts.created);
});

test('a unit made elsewhere after the file was read is neither taken nor, by an undo, removed', async () => {
	const [yamina, driss] = [await as('yamina'), await as('driss')];
	const id = await send(yamina, `${head}LATE;Section du Soir;section;F01;;\n`, { kind: 'units' });
	await bring(driss, `${head}LATE;Section du Soir;section;F07;;\n`, { kind: 'units' });
	await launch({ ...yamina }, id, {});
	await work('house', id);
	expect((await showImport(yamina, id)).counts).toEqual({ refused: 1 });
	await undo({ ...yamina }, id);
	await work('house', id);
	expect(await unitBy('LATE')).toMatchObject({ parent: 'F07', open: true });
});
