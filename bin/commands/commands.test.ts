import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '#platform/audit.ts';
import { asSystem } from '#platform/db.ts';
import { store } from '#platform/files/stored.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { outcome, stage } from '#tests/stage.ts';
import { commands, Misuse } from './index.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-commands-'));
beforeAll(() => {
	process.env.COOPOL_FILES = folder;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a command does and says, as from a terminal. */
async function run(words: string, options: Record<string, string | boolean> = {}) {
	const command = commands.find(({ path }) => words.startsWith(path.join(' ')))!;
	const operands = words.slice(command.path.join(' ').length).trim().split(' ').filter(Boolean);
	const result = await command.run(operands, options);
	return { result: result as Record<string, unknown>, said: command.say(result) };
}
const count = async (table: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ n: number }>(sql`select count(*)::int as n from ${sql.raw(table)}`),
	))!.n;

test('every command says in one line what it is for, and no two begin alike', () => {
	const paths = commands.map(({ path }) => path.join(' '));
	expect(new Set(paths).size).toBe(paths.length);
	for (const { path, summary } of commands)
		expect([path.join(' '), summary.length > 10]).toEqual([path.join(' '), true]);
});

describe('the house', () => {
	test('migrate says how many shapes are applied, and the last', async () => {
		const { result, said } = await run('migrate');
		expect(result.migrations).toBe(await count('platform.migration'));
		expect(said).toContain(`the last is ${String(result.last)}`);
	});

	test('demo and new leave an organisation that is there as it is, and say that something is wrong', async () => {
		const before = await count('people.person');
		expect((await run('demo')).result).toEqual({ ok: false, loaded: false });
		expect((await run('new')).said).toContain('already holds an organisation');
		expect(await count('people.person')).toBe(before);
	});

	test('demo is refused on a server’s own database unless asked twice', async () => {
		const { DATABASE_URL, COOPOL_DEMO } = process.env;
		process.env.DATABASE_URL = 'postgres://elsewhere.example/house';
		delete process.env.COOPOL_DEMO;
		try {
			await expect(run('demo')).rejects.toThrow(Misuse);
		} finally {
			if (DATABASE_URL === undefined) delete process.env.DATABASE_URL;
			else process.env.DATABASE_URL = DATABASE_URL;
			if (COOPOL_DEMO !== undefined) process.env.COOPOL_DEMO = COOPOL_DEMO;
		}
	});

	test('doctor says each thing it looked at, ticked or crossed', async () => {
		const { result, said } = await run('doctor');
		const checks = result.checks as { ok: boolean }[];
		expect(said.split('\n').length).toBeGreaterThanOrEqual(checks.length);
		expect(result.ok).toBe(checks.every(({ ok }) => ok));
		expect(said.match(/^✗/gm)?.length ?? 0).toBe(checks.filter(({ ok }) => !ok).length);
	});

	test('openapi describes every verb of the API', async () => {
		const { said } = await run('openapi');
		const document = JSON.parse(said) as { openapi: string; paths: object };
		expect(document.openapi).toMatch(/^3\.1/);
		expect(Object.keys(document.paths)).toContain('/api/v1/posts');
	});
});

describe('what outlived its time', () => {
	test('a rehearsal counts it and keeps it; done, it is gone and a second time finds nothing', async () => {
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into feed.draft (person_id, place, text, saved_at) values (${idOf('odile')}, 'feed', 'Vieux', now() - interval '400 days')`,
			),
		);
		const dry = await run('retain', { 'dry-run': true });
		expect(dry.said).toMatch(/^Would delete: .*feed\.draft 1/);
		expect(await count('feed.draft')).toBe(1);
		expect((await run('retain')).said).toMatch(/^Deleted: .*feed\.draft 1/);
		expect(await count('feed.draft')).toBe(0);
		expect((await run('retain')).said).toMatch(/feed\.draft 0/);
	});
});

describe('one person’s data', () => {
	test('is gathered on the screen, or in a file that its owner alone reads', async () => {
		const { said } = await run(`export person ${idOf('odile')}`);
		expect(said).toContain('odile@rive.example');
		expect(said).not.toContain('mathis@rive.example');
		const file = join(folder, 'odile.zip');
		expect((await run(`export person ${idOf('odile')}`, { to: file })).said).toBe(`Written: ${file}`);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');
	});

	test('is not erased by a command typed too fast', async () => {
		await expect(run(`erase person ${idOf('lucien')}`)).rejects.toThrow('add --yes');
		expect(
			await asSystem('test', (tx) =>
				tx.one(sql`select erased_at from people.person where id = ${idOf('lucien')}`),
			),
		).toEqual({ erased_at: null });
	});

	test('erased, the name and the address are nowhere', async () => {
		expect((await run(`erase person ${idOf('lucien')}`, { yes: true })).said).toBe(
			`Erased: ${idOf('lucien')}`,
		);
		const left = await asSystem('test', (tx) =>
			tx.many(
				sql`select 1 from people.contact where email = 'lucien@rive.example' union all select 1 from people.person where name = 'Lucien Barrandou'`,
			),
		);
		expect(left).toEqual([]);
	});

	test.each(['export person', 'erase person'])('%s asks for an id that is one', async (words) => {
		for (const id of ['', 'odile', '1'])
			await expect(run(`${words} ${id}`, { yes: true })).rejects.toThrow('ID is a person’s id');
	});
});

describe('files', () => {
	test('a file that is not there is said, not tried', async () => {
		expect(await outcome(run('import members /nowhere/at-all.csv'))).toBe('Error');
		await expect(run('import members /nowhere/at-all.csv')).rejects.toThrow('no such file');
	});

	test('a member file comes in; a second time, nothing is written again', async () => {
		const file = join(folder, 'members.csv');
		writeFileSync(
			file,
			'Matricule;Nom;Prénom;Courriel;Section\nX1;Dupuy;Rose;rose@rive.example;Villebrume\n',
		);
		await run(`import members ${file}`);
		const people = await count('people.person');
		expect(
			await asSystem('test', (tx) =>
				tx.one(
					sql`select person.name from people.person join people.contact on contact.person_id = person.id where contact.email = 'rose@rive.example'`,
				),
			),
		).toEqual({ name: 'Rose Dupuy' });
		await run(`import members ${file}`);
		expect(await count('people.person')).toBe(people);
	});
});

describe('the chain of officers’ acts', () => {
	test('untouched, it says its head; a head kept elsewhere that is not the same shows that something was cut', async () => {
		await asSystem('test', async (tx) => {
			for (const reason of ['un', 'deux'])
				await record(tx, {
					actorId: idOf('samuel'),
					act: 'test.act',
					subject: 'person',
					subjectId: idOf('odile'),
					reason,
				});
		});
		const whole = await run('audit verify');
		expect([whole.result.ok, whole.said]).toEqual([true, expect.stringContaining('none altered')]);
		const head = whole.result.head as { seq: number; hash: string };
		const anchors = join(folder, 'anchors.json');
		writeFileSync(anchors, `${JSON.stringify({ seq: Number(head.seq), hash: head.hash })}\n`);
		expect((await run('audit verify', { anchors })).result.ok).toBe(true);
		writeFileSync(anchors, `${JSON.stringify({ seq: Number(head.seq), hash: 'f'.repeat(64) })}\n`);
		expect((await run('audit verify', { anchors })).said).toMatch(/^ALTERED.*Lost anchors/);
	});
});

describe('files without a name', () => {
	test('are counted, taken off, and said by the doctor until then', async () => {
		const { id } = await store().put(Buffer.from('Compte rendu'), 99);
		const long = new Date(Date.now() - 3 * 24 * 3_600_000);
		await utimes(join(folder, id.slice(0, 2), id), long, long);
		const doctor = async () =>
			((await run('doctor')).result.checks as { name: string }[]).find(({ name }) => name === 'files_named');
		expect(await doctor()).toMatchObject({
			ok: false,
			found: 1,
			advice: expect.stringContaining('files sweep'),
		});
		const dry = await run('files sweep', { 'dry-run': true });
		expect(dry.said).toBe('Looked at: 1. Would delete: 1.');
		expect(dry.result).toMatchObject({ ok: true, dry: true, unnamed: 1, deleted: 0 });
		expect(await store().size(id)).toBe(12);
		expect((await run('files sweep')).said).toBe('Looked at: 1. Deleted: 1, and uploads that were cut: 0.');
		expect(await doctor()).toMatchObject({ ok: true, found: 0 });
	});
});
