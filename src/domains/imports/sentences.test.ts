import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, journal, refused, scene, told } from '#tests/traces.ts';
import { bring, fileOf, personBy, send } from './imports.fixture.ts';
import {
	chooseColumns,
	decideProposal,
	drop,
	fixAll,
	fixLine,
	keepColumns,
	launch,
	layTerritory,
	openProposals,
	preview,
	showImport,
	startImport,
	undo,
} from './index.ts';
import { addCounts, secondsLeft } from './model.ts';
import { work } from './run/engine.ts';
import { ColumnsForm } from './steps/columns.ts';
import { FixForm, LineForm, ValuesForm } from './steps/correct.ts';
import { DecideForm } from './steps/proposals.ts';
import { StartForm, scopesOf } from './steps/start.ts';
import { LayForm } from './steps/territory.ts';

stage();

const tables = ['imports.import', 'imports.line', 'people.person', 'people.membership'];
const head = 'Matricule;Nom;Prénom;Courriel;Section\n';
let last = 0;
/** A file of one person of Villebrume, another one each time. */
const one = (section = 'Villebrume') => {
	last++;
	return `${head}Q${last};Marchebois;Lou${'abcdefghij'[last % 10]};lou${last}@rive.example;${section}\n`;
};
const yamina = () => as('yamina');
const no = (work: () => Promise<unknown>) => refused(tables, work);

beforeEach(() =>
	scene(sql`update imports.import set state = 'dropped' where state in ('running', 'undoing')`),
);

test('what is not a file of people is refused at its field, and nothing is kept', async () => {
	const start = (change: object) =>
		no(async () =>
			startImport(await yamina(), { kind: 'members', unit: '', file: undefined, pasted: '', ...change }),
		);
	expect(await start({})).toBe('Invalid: file imports.file_missing');
	expect(await start({ pasted: ' \n ' })).toBe('Invalid: file imports.file_missing');
	expect(await start({ file: fileOf('', '') })).toBe('Invalid: file imports.file_missing');
	expect(await start({ file: fileOf('') })).toBe('Invalid: file imports.file_is_empty');
	expect(await start({ pasted: head })).toBe('Invalid: file imports.no_line');
	expect(await start({ unit: idOf('hautsarvan'), pasted: one() })).toBe('NotFound');
	expect(await start({ file: fileOf(Buffer.from('%PDF-1.7\n'), 'a.csv') })).toMatch(/imports.file_is_/);
	for (const name of ['odile', 'leontine', 'thibaud'] as CastName[])
		expect([
			name,
			await no(async () =>
				startImport(await as(name), { kind: 'members', unit: '', file: undefined, pasted: one() }),
			),
		]).toEqual([name, 'NotFound']);
});

test('each step refuses what comes too early or too late, and says which', async () => {
	const id = await startImport(await yamina(), {
		kind: 'members',
		unit: '',
		file: fileOf(one()),
		pasted: '',
	});
	expect(await no(async () => launch(await yamina(), id, {}))).toBe('Conflict: imports.not_ready');
	expect(await no(async () => fixAll(await yamina(), id, { code: 'email_typo' }))).toBe(
		'Conflict: imports.already_launched',
	);
	expect(await no(async () => undo(await yamina(), id))).toBe('Conflict: imports.undo_too_late');
	const { columns } = await showImport(await yamina(), id);
	await chooseColumns(
		await yamina(),
		id,
		columns.map(({ field }) => field ?? ''),
	);
	expect(await no(async () => fixAll(await yamina(), id, { code: 'email_typo' }))).toBe(
		'Conflict: imports.still_reading',
	);
	expect(await no(async () => keepColumns(await yamina(), id, []))).toBe(
		'Conflict: imports.already_launched',
	);
	await drop(await yamina(), id);
	expect(await no(async () => drop(await yamina(), id))).toBe('Conflict: imports.already_launched');
});

test('columns that make no person are refused at the column', async () => {
	const id = await startImport(await yamina(), {
		kind: 'members',
		unit: '',
		file: fileOf(one()),
		pasted: '',
	});
	const choose = (fields: string[]) => no(async () => chooseColumns(await yamina(), id, fields));
	expect(await choose(['', '', '', '', ''])).toBe('Invalid: columns imports.mapping_field_missing');
	expect(await choose(['memberNumber', 'familyName', 'familyName', 'email', 'unit'])).toMatch(
		/^Invalid: .*column-2 imports.mapping_field_twice/,
	);
	expect(await choose(['nonsense', 'familyName', 'givenName', 'email', 'unit'])).toMatch(
		'column-0 imports.mapping_unknown_field',
	);
});

test('once launched, nothing of the file changes any more', async () => {
	const id = await send(await yamina(), one());
	await launch(await yamina(), id, {});
	const line = { line: 2, column: [], cells: [] };
	expect(await no(async () => fixLine(await yamina(), id, line))).toBe('Conflict: imports.already_launched');
	expect(await no(async () => chooseColumns(await yamina(), id, []))).toBe(
		'Conflict: imports.already_launched',
	);
	expect(await no(async () => drop(await yamina(), id))).toBe('Conflict: imports.already_launched');
	await work('house', id);
	expect(await no(async () => launch(await yamina(), id, {}))).toBe('done');
});

test('a line that is not in the file is not corrected', async () => {
	const id = await send(await yamina(), one());
	expect(await no(async () => fixLine(await yamina(), id, { line: 99, column: [], cells: [] }))).toBe(
		'NotFound',
	);
});

test('launched by two clicks at once it goes once, and the journal says it once', async () => {
	const id = await send(await yamina(), one());
	const before = (await journal('imports.launch')).length;
	await Promise.all([yamina(), yamina()].map(async (who) => launch(await who, id, {})));
	expect((await journal('imports.launch')).slice(before)).toEqual([
		expect.objectContaining({ actor: idOf('yamina'), subject: id, unit: idOf('valdorsande') }),
	]);
	await work('house', id);
	expect((await showImport(await yamina(), id)).counts).toEqual({ created: 1 });
});

test('after seven days what was brought stays', async () => {
	const { id } = await bring(await yamina(), one());
	await scene(sql`update imports.import set undo_until = now() - interval '1 second' where id = ${id}`);
	expect(await no(async () => undo(await yamina(), id))).toBe('Conflict: imports.undo_too_late');
	expect((await personBy(`lou${last}@rive.example`))?.number).toBe(`Q${last}`);
});

test('what a later file changed is undone from the last one', async () => {
	const text = one();
	const first = await bring(await yamina(), text);
	const second = await bring(await yamina(), text.replace(';Villebrume', ';Montclairval'));
	expect(await no(async () => undo(await yamina(), first.id))).toBe('Conflict: imports.undo_later_first');
	await undo(await yamina(), second.id);
	await work('house', second.id);
	expect(await told(undo(await yamina(), first.id))).toBe('done');
	await work('house', first.id);
	expect(await personBy(`lou${last}@rive.example`)).toBeUndefined();
});

test('undone twice at once, it goes back once', async () => {
	const { id } = await bring(await yamina(), one());
	const before = (await journal('imports.undo')).length;
	await Promise.all([yamina(), yamina()].map(async (who) => undo(await who, id)));
	expect((await journal('imports.undo')).length).toBe(before + 1);
	await work('house', id);
	expect((await showImport(await yamina(), id)).state).toBe('undone');
	expect(await no(async () => undo(await yamina(), id))).toBe('done');
});

test('a proposal decided by two officers at once is decided once', async () => {
	await bring(await yamina(), one('Port-Brumel'));
	const [proposal] = await openProposals(await as('driss'));
	expect(proposal).toMatchObject({ from: 'Yamina Belkassaud' });
	const answer = async (who: CastName, answer: 'accept' | 'refuse') =>
		decideProposal(await as(who), { id: proposal!.id, answer });
	const both = await Promise.all([answer('driss', 'refuse'), answer('sabrina', 'refuse')]);
	expect(both).toEqual([null, null]);
	expect((await journal('imports.proposal_refuse')).length).toBe(1);
	expect(await openProposals(await as('driss'))).toEqual([]);
	expect(await personBy(`lou${last}@rive.example`)).toBeUndefined();
});

test('a country is laid in order, of levels that exist, once at a time', async () => {
	const lay = (region: string, department: string) =>
		no(async () => layTerritory(await as('bertrand'), { region, department }));
	expect(await lay('galaxy', '')).toBe('Invalid: region imports.kind_unknown');
	expect(await lay('federation', 'region')).toBe('Invalid: department imports.kind_order');
	expect(await lay('section', '')).toBe('Invalid: region imports.kind_misplaced');
	expect(await lay('region', 'section')).toBe('Invalid: department imports.kind_misplaced');
	expect(await lay('', 'federation')).toBe('Invalid: department imports.kind_misplaced');
	await scene(sql`insert into imports.import (id, kind, by_id, unit_id, state)
		values (${idOf('laying')}, 'territory', ${idOf('sabrina')}, ${idOf('national')}, 'running')`);
	expect(await lay('region', 'federation')).toBe('Conflict: imports.laying_already');
});

test('an officer imports where their office reaches, and sees no other place', async () => {
	const places = async (who: CastName) =>
		(await scopesOf(await as(who))).map(({ name, members, units, root }) => [name, members, units, root]);
	expect(await places('yamina')).toEqual([['Fédération du Val-d’Orsande', true, true, false]]);
	expect(await places('bertrand')).toEqual([['Bureau national', true, true, true]]);
	expect(await places('samuel')).toEqual([['Section de Villebrume', true, false, false]]);
	expect(await places('leontine')).toEqual([]);
	expect(await scopesOf(await as('yamina', { factor: false }))).toEqual([]);
});

test('a preview of nothing new says so, line by line', async () => {
	const text = one();
	await bring(await yamina(), text);
	const id = await send(await yamina(), text);
	expect(await preview(await yamina(), id)).toMatchObject({
		ready: 1,
		doubt: 0,
		plans: { same: 1, create: 0, update: 0 },
	});
	const lines = await asSystem('test', (tx) =>
		tx.many(sql`select plan from imports.line where import_id = ${id}`),
	);
	expect(lines).toEqual([{ plan: 'same' }]);
});

test('the forms refuse what no page sends', () => {
	expect(faults(StartForm, {})).toEqual(['kind imports.kind_choose']);
	expect(faults(StartForm, { kind: 'members', unit: 'x' })).toEqual(['unit imports.unit_choose']);
	expect(faults(StartForm, { kind: 'members', pasted: 'x'.repeat(5_000_001) })).toEqual([
		'pasted imports.pasted_long',
	]);
	expect(faults(ColumnsForm, { field: ['x'.repeat(41)] })).toEqual(['field.0 imports.mapping_unknown_field']);
	expect(faults(FixForm, { code: '") || true' })).toEqual(['code imports.code_unknown']);
	expect(faults(LineForm, { line: 'x', column: [], cells: [] })).toEqual(['line imports.line_unknown']);
	expect(faults(LineForm, { line: '2', column: ['0'], cells: ['x'.repeat(1001)] })).toEqual([
		'cells.0 imports.cell_long',
	]);
	expect(faults(ValuesForm, { key: ['x'.repeat(61)] })).toEqual(['key.0 imports.value_unknown']);
	expect(faults(DecideForm, { id: 'x', answer: 'perhaps' })).toEqual([
		'id app.invalid_value',
		'answer app.invalid_value',
	]);
	expect(faults(LayForm, { region: 'x'.repeat(61) })).toEqual(['region imports.kind_unknown']);
});

test('what is left to do is told in seconds once something is done, and tallies add up', () => {
	const now = new Date('2026-11-22T12:00:10Z');
	const at = {
		state: 'running',
		done: 100,
		total: 300,
		started_at: new Date('2026-11-22T12:00:00Z'),
	} as never;
	expect(secondsLeft(at, now)).toBe(20);
	expect(secondsLeft({ ...(at as object), done: 0 } as never, now)).toBeNull();
	expect(secondsLeft({ ...(at as object), state: 'done' } as never, now)).toBeNull();
	expect(secondsLeft({ ...(at as object), done: 400 } as never, now)).toBe(0);
	expect(addCounts({ created: 1, same: 2 }, { created: 2, lapsed: 0 })).toEqual({ created: 3, same: 2 });
});
