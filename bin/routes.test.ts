import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openedRoutes, undeclaredRoutes } from './routes.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'coopol-routes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of `src/routes`, as somebody in a hurry adds it. */
function add(path: string, text = ''): void {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), text);
}
/** What the check says of these files alone, without the declarations that they do not open. */
const found = async () => (await undeclaredRoutes(folder)).filter((line) => !line.includes('(declared'));

test('every way in is declared, and every declaration leads somewhere', async () => {
	expect(openedRoutes().length).toBeGreaterThan(300);
	expect(await undeclaredRoutes()).toEqual([]);
});

test('a page, an action and a verb that nobody declared are each seen, in any group of pages', async () => {
	add('(network)/secret/+page.svelte');
	add('fil/+page.svelte');
	add(
		'(office)/fil/+page.server.ts',
		'export const actions = {\n\tpublish: form(A, b),\n\tasync leak() {},\n} satisfies Actions;\n',
	);
	add('tout.csv/+server.ts', 'export const GET = all;\nexport async function DELETE() {}\n');
	add('[...reste]/+server.ts', 'export const fallback = all;\n');
	expect((await found()).toSorted()).toEqual([
		'* /[...reste]',
		'DELETE /tout.csv',
		'GET /secret',
		'GET /tout.csv',
		'POST /fil?leak',
		'POST /fil?publish',
	]);
});

test('a declaration that no file opens any more is told too', async () => {
	expect(await undeclaredRoutes(folder)).toContain('GET /fil (declared, but no file opens it)');
});
