import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { stage } from '#tests/stage.ts';
import { commands, Misuse, takes } from './index.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-map-command-'));
afterAll(() => rmSync(folder, { recursive: true }));

const named = (name: string) => commands.find(({ path }) => path.join(' ') === `map ${name}`)!;

/** What a command of the map does and says. */
async function run(name: string, operands: string[], options: Record<string, string | boolean> = {}) {
	const result = await named(name).run(operands, options);
	return { result: result as Record<string, unknown>, said: named(name).say(result) };
}

const header = 'departement,commune,bureau,inscrits,votants,blancs,exprimes,DUPONT,DURAND';
function file(name: string, ...lines: string[]): string {
	const path = join(folder, name);
	writeFileSync(path, [header, ...lines].join('\n'));
	return path;
}

test('a kind and one file or more: nothing less', () => {
	const { operands } = named('import');
	expect(
		[[], ['results'], ['results', 'a'], ['results', 'a', 'b']].map((given) => takes({ operands }, given)),
	).toEqual([false, false, true, true]);
	expect(takes(named('restore'), ['a', 'b'])).toBe(false);
});

test('each file has its line; one that is refused says why and the whole ends as something wrong', async () => {
	const good = file('good.csv', '01,004,1,100,50,0,50,20,30');
	const bad = file('bad.csv', '01,004,1,100,many,0,50,20,30');
	const { result, said } = await run('import', ['results', good, bad], { election: '2022_pres_t1' });
	expect(result.ok).toBe(false);
	const [first, mended, second, why] = said.split('\n');
	expect(first).toMatch(/^good\.csv: results 2022_pres_t1, stations 1, .*repaired 0, refused 0, [\d.]+ s$/);
	expect(mended).toBe('  One number of station filled up with zeros.');
	expect(second).toMatch(/^bad\.csv: refused, [\d.]+ s$/);
	expect(why).toBe('  Line 2, column votants: a whole number is due, not many.');
});

test('a version is listed, and put back by its id', async () => {
	const { said } = await run('sources', []);
	const [id] = said
		.split('\n')
		.find((line) => line.includes(' current results '))!
		.split(' ');
	await run('import', ['results', file('other.csv', '01,004,1,100,50,0,50,25,25')], {
		election: '2022_pres_t1',
	});
	expect((await run('restore', [id!])).said).toBe(`Current again: ${id}`);
	expect((await run('sources', [])).said).toContain(`${id} current results`);
});

test('what is missing is asked for; what is not loaded is said in words', async () => {
	await expect(run('import', ['nothing', 'a'])).rejects.toThrow(Misuse);
	await expect(run('import', ['iris', '/nowhere/at-all.zip'])).rejects.toThrow('no such file');
	await expect(run('estimates', [], { commune: '01004', vintage: '2022' })).rejects.toThrow('add --columns');
	await expect(run('join', [], { election: '2012_pres_t1' })).rejects.toThrow(
		'No results loaded for 2012_pres_t1. Loaded: 2022_pres_t1.',
	);
	await expect(run('weights', [], { commune: '01004', vintage: '2022' })).rejects.toThrow(
		'No weights for commune 01004',
	);
});
