import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { startEmbedded } from '#platform/embedded/index.ts';
import { asOwner } from '#platform/owner.ts';
import { commands } from './commands/index.ts';

/** Types a command as in a terminal, in a process of its own; no database is opened for what is asked here. */
const type = (...words: string[]) =>
	typed({ ...process.env, DATABASE_URL: 'postgres://nobody:tres-cache@127.0.0.1:1/none' }, ...words);

async function typed(env: NodeJS.ProcessEnv, ...words: string[]) {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'coopol.ts'), ...words], { env });
	const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code: code as number, out, err };
}

test('asked nothing, it says every command; asked what it does not know, it says them as an error and ends with 2', async () => {
	const [nothing, odd] = await Promise.all([type(), type('destroy', 'everything')]);
	expect([nothing!.code, nothing!.err]).toEqual([0, '']);
	for (const { path } of commands) expect(nothing!.out).toContain(path.join(' '));
	expect([odd!.code, odd!.out]).toEqual([2, '']);
	expect(odd!.err).toContain('import members FILE');
});

test('--help explains one command and does nothing; a word too many or a flag that is none ends with 2', async () => {
	const id = '00000000-0000-7000-8000-000000000000';
	const [help, many, flag] = await Promise.all([
		type('erase', 'person', id, '--yes', '--help'),
		type('erase', 'person', id, 'somebody', '--yes'),
		type('erase', 'person', id, '--force'),
	]);
	expect([help!.code, help!.out]).toEqual([0, expect.stringContaining('--yes is required')]);
	expect([many!.code, many!.err]).toEqual([2, expect.stringContaining('expected: ID')]);
	expect([flag!.code, flag!.err]).toEqual([2, expect.stringContaining('--force')]);
	for (const { err } of [many!, flag!]) expect(err).not.toMatch(/\n\s+at /);
});

test('a database that does not answer ends with 1 and one sentence, without the address’s password', async () => {
	const { code, out, err } = await type('migrate');
	expect(code).toBe(1);
	expect(err).toMatch(/ECONNREFUSED/);
	expect(err).not.toMatch(/\n\s+at /);
	expect(out + err).not.toContain('tres-cache');
});

describe('on a data folder where no server ever started', () => {
	const folder = mkdtempSync(join(tmpdir(), 'coopol-fresh-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));
	const env = () => {
		const { DATABASE_URL: _, COOPOL_APP_URL: __, COOPOL_SYSTEM_URL: ___, ...rest } = process.env;
		return { ...rest, COOPOL_DATA: folder };
	};
	/** What a program that asked `--json` reads: the last line, and how it ended. */
	async function ask(...words: string[]) {
		const { code, out, err } = await typed(env(), ...words, '--json');
		return { code, err, answer: JSON.parse(out.trimEnd().split('\n').at(-1)!) as Record<string, unknown> };
	}
	async function somebody(): Promise<string> {
		const { url, stop } = await startEmbedded({ dataFolder: join(folder, 'database'), keep: true });
		try {
			return await asOwner(
				url,
				async (owner) =>
					(await owner.query<{ id: string }>(`select id from people.person where name like 'Odile%' limit 1`))
						.rows[0]!.id,
			);
		} finally {
			await stop();
		}
	}

	test('a file is refused until an organisation is founded; then somebody is erased, and whoever listens will be told', async () => {
		const file = join(folder, 'members.csv');
		writeFileSync(file, '');
		expect(await ask('import', 'members', file)).toMatchObject({
			code: 1,
			answer: { ok: false, error: expect.stringContaining('no organisation was founded here yet') },
		});
		expect(await ask('demo')).toEqual({ code: 0, err: '', answer: { ok: true, loaded: true } });
		const id = await somebody();
		expect(await ask('erase', 'person', id, '--yes')).toEqual({
			code: 0,
			err: '',
			answer: { ok: true, erased: id },
		});
		expect(await ask('import', 'members', file)).toMatchObject({
			code: 1,
			answer: { ok: false, error: 'This file is empty.' },
		});
		writeFileSync(file, 'Nom;Prénom;E-mail\nDupuy;Rose;rose\n');
		expect(await ask('import', 'members', file)).toMatchObject({
			code: 1,
			answer: { ok: false, lines: 1, problems: [{ line: 2, field: 'email' }] },
		});
		expect(await ask('import', 'members', folder)).toMatchObject({ code: 2, answer: { ok: false } });
		const nobody = '00000000-0000-7000-8000-000000000000';
		for (const words of [['export'], ['erase', '--yes']])
			expect(await ask(words[0]!, 'person', nobody, ...words.slice(1))).toMatchObject({
				code: 1,
				answer: { ok: false, error: expect.stringContaining('nobody has the id') },
			});
	}, 120_000);
});

test('help is given of a family of commands too', async () => {
	const { code, out } = await type('import', '--help');
	expect([code, out]).toEqual([0, expect.stringContaining('import members FILE')]);
	expect(out).not.toContain('audit verify');
	const wrong = await type('import');
	expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('import units FILE')]);
});
