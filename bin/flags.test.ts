import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'coopol-flags-'));
afterAll(() => rmSync(folder, { recursive: true }));
const data = join(folder, 'data');

/** Types the name of a program and words after it; what it would begin, it would begin in this folder. */
async function type(program: string, ...words: string[]) {
	const child = spawn(process.execPath, [join(import.meta.dirname, program), ...words], {
		env: { ...process.env, COOPOL_DATA: data, PORT: '0' },
	});
	const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code: code as number, out, err };
}

describe.each([
	['start.ts', '--nwe', 'npm start'],
	['test.ts', '--onyl', 'npm test'],
	['health.ts', '--jsn', 'npm run health'],
	['matrix.ts', '--no-mutant', 'npm run test:matrix'],
	['bench/index.ts', '--member', 'npm run bench'],
])('%s', (program, slip, name) => {
	test('says how it is used, and does nothing else', async () => {
		const { code, out, err } = await type(program, '--help');
		expect([code, err]).toEqual([0, '']);
		expect(out).toContain(`Usage: ${name} -- `);
	});

	test('does not take a slip for nothing: it begins nothing, and says what it did not understand', async () => {
		for (const words of [[slip], ['feed', 'and', 'more']]) {
			const { code, out, err } = await type(program, ...words);
			expect([code, out]).toEqual([2, '']);
			expect(err).toContain(`Usage: ${name} -- `);
			expect(err).not.toMatch(/\n\s+at /);
		}
		expect(existsSync(data)).toBe(false);
	});
});

test.each([
	['bench/index.ts', ['nothing'], 'No such bench: nothing'],
	['bench/index.ts', ['feed', '--members', 'many'], 'whole numbers from 1000'],
	['bench/index.ts', ['feed', '--units', '1.5'], '--units takes a whole number'],
	['test.ts', ['--only', 'unit,unti'], 'No such check: unti'],
] as const)('%s %j is refused before anything is measured', async (program, words, why) => {
	const { code, err } = await type(program, ...words);
	expect([code, err]).toEqual([2, expect.stringContaining(why)]);
});
