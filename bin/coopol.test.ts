import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { commands } from './commands/index.ts';

/** Types a command as in a terminal, in a process of its own; no database is opened for what is asked here. */
async function type(...words: string[]) {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'coopol.ts'), ...words], {
		env: { ...process.env, DATABASE_URL: 'postgres://nobody:tres-cache@127.0.0.1:1/none' },
	});
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
