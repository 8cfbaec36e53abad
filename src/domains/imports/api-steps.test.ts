import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, told } from '#tests/traces.ts';
import { count, people, personBy } from './imports.fixture.ts';

stage();

const tables = ['imports.import', 'imports.line', 'imports.proposal', 'people.person'];
const start = (who: CastName, input: object) =>
	program('POST /imports', who, {}, { kind: 'members', unit: idOf('valdorsande'), ...input });
const sent = (text: string) => ({ file: Buffer.from(text).toString('base64'), name: 'adherents.csv' });
const on = <T = { id: string }>(act: string, who: CastName, id: string, input: object = {}) =>
	program<T>(act.replace('*', '/imports/[id]'), who, { id }, input);
interface Columns {
	columns: { header: string; field: string | null }[];
	fields: string[];
}
const columnsOf = (id: string) => on<Columns>('GET */columns', 'yamina', id);
/** Sends a file and says yes to what was recognised. */
async function ready(text: string): Promise<string> {
	const { id } = await start('yamina', sent(text));
	const { columns } = await columnsOf(id);
	await on('PUT */columns', 'yamina', id, { field: columns.map(({ field }) => field ?? '') });
	await drainJobs();
	return id;
}
const stateOf = async (id: string) => (await on<{ state: string }>('GET *', 'yamina', id)).state;

test('a program sends a file, reads what would happen, launches it, and undoes it all', async () => {
	const before = await count();
	const id = await ready(people(3, 'prog'));
	expect((await columnsOf(id)).columns.map(({ field }) => field)).toContain('email');
	expect(await on('GET */preview', 'yamina', id)).toMatchObject({ ready: 3, plans: { create: 3 } });
	expect(await count()).toBe(before);
	await on('POST */launch', 'yamina', id);
	await drainJobs();
	expect([await stateOf(id), await count()]).toEqual(['done', before + 3]);
	expect(await personBy('prog0@rive.example')).toMatchObject({ number: 'prog0' });
	await on('POST */undoing', 'yamina', id);
	await drainJobs();
	expect([await stateOf(id), await count()]).toEqual(['undone', before]);
	expect(
		(await program<{ imports: { id: string }[] }>('GET /imports', 'yamina')).imports.map((one) => one.id),
	).toContain(id);
	expect((await journal('imports.upload')).length).toBeGreaterThan(0);
});

test('nobody else reads the file, not even above: neither its columns, nor its lines, nor what it would do', async () => {
	const id = await ready(people(2, 'secret'));
	const acts: [string, object][] = [
		['GET *', {}],
		['GET */columns', {}],
		['GET */problems', {}],
		['GET */preview', {}],
		['PUT */columns', { field: ['email'] }],
		['PUT */columns/draft', { field: ['email'] }],
		['POST */fixes', { code: 'email_typo' }],
		['PUT */values', { key: ['-'] }],
		['POST */launch', {}],
		['POST */undoing', {}],
		['DELETE *', {}],
	];
	for (const who of ['sabrina', 'samuel', 'odile', 'driss'] as const) {
		for (const [act, input] of acts)
			expect([who, act, await refused(tables, () => on(act, who, id, input))]).toEqual([
				who,
				act,
				'NotFound',
			]);
		expect((await program<{ imports: object[] }>('GET /imports', who)).imports).toEqual([]);
	}
	await on('DELETE *', 'yamina', id);
	expect(await told(on('GET *', 'yamina', id))).toBe('NotFound');
});

test('what is doubtful is told by its kind, corrected at once or line by line, or left out', async () => {
	const id = await ready(
		people(3, 'doute').replace('doute1@rive.example', 'doute1@rive').replace('doute2@rive.example', 'doute2'),
	);
	interface Doubts {
		groups: { code: string; lines: number }[];
		lines: { line: number; cells: string[]; problems: { code: string; field: string }[] }[];
	}
	const doubts = (input: object = {}) => on<Doubts>('GET */problems', 'yamina', id, input);
	const { groups, lines } = await doubts();
	expect(groups.reduce((sum, one) => sum + one.lines, 0)).toBe(2);
	expect((await doubts({ code: groups[0]!.code })).lines.length).toBeGreaterThan(0);
	expect(await told(doubts({ code: 'É' }))).toBe('Invalid: code imports.code_unknown');
	const email = (await columnsOf(id)).columns.findIndex(({ field }) => field === 'email');
	const fix = (line: number | string, input: object) =>
		program('PUT /imports/[id]/lines/[line]', 'yamina', { id, line: String(line) }, input);
	await fix(lines[0]!.line, { column: [email], cells: ['doute1@rive.example'] });
	await fix(lines[1]!.line, { skip: true });
	expect(await told(fix('x', { skip: true }))).toBe('NotFound');
	expect(await told(fix(lines[0]!.line, { column: ['email'], cells: ['a'] }))).toMatch(/^Invalid: column.0 /);
	expect(await on('GET */preview', 'yamina', id)).toMatchObject({ ready: 2, skipped: 1 });
});

test.each<[string, CastName, object, string]>([
	['nothing', 'yamina', {}, 'Invalid: file imports.file_missing'],
	['what is no base64', 'yamina', { file: '#' }, 'Invalid: file imports.file_missing'],
	['a kind that is none', 'yamina', { kind: 'secrets', pasted: 'a' }, 'Invalid: kind imports.kind_choose'],
	['a unit that is none', 'yamina', { unit: 'x', pasted: 'a' }, 'Invalid: unit imports.unit_choose'],
	['for another’s unit', 'yamina', { unit: idOf('hautsarvan'), ...sent(people(1, 'ailleurs')) }, 'NotFound'],
	['without the power', 'odile', sent(people(1, 'sans')), 'NotFound'],
])('%s is refused, and no file is kept', async (_, who, input, why) => {
	expect(await refused(tables, () => start(who, input))).toBe(why);
});

test('somebody whom another file holds is refused by the officer of their territory, once, and by nobody else', async () => {
	const from = await ready(people(1, 'autre'));
	const proposal = newId();
	await asSystem('test', (tx) =>
		tx.run(sql`insert into imports.proposal (id, import_id, line, unit_id, value)
			values (${proposal}, ${from}::uuid, 1, ${idOf('castelmauve')}, '{"name":"Rose Dupuy"}')`),
	);
	const answer = (who: CastName, said = 'refuse') =>
		program<{ import: string | null }>(
			'POST /import-proposals/[id]/answer',
			who,
			{ id: proposal },
			{ answer: said },
		);
	for (const who of ['odile', 'samuel', 'driss'] as const)
		expect(await refused(tables, () => answer(who))).toBe('NotFound');
	expect(await told(answer('yamina', 'later'))).toBe('Invalid: answer app.invalid_value');
	expect(await answer('yamina')).toEqual({ import: null });
	// The first answer stands.
	expect(await refused(tables, () => answer('yamina', 'accept'))).toBe('done');
});
