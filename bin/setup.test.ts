import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyHouse } from '#domains/admin/admin.fixture.ts';
import { stage } from '#tests/stage.ts';
import { chooseMode, dataFolder } from './database.ts';
import { openedRoutes, undeclaredRoutes } from './routes.ts';
import { keepToThisComputer, setupPath } from './setup.ts';

stage();

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'coopol-setup-'));
	vi.stubEnv('COOPOL_DATA', folder);
	for (const name of [
		'DATABASE_URL',
		'COOPOL_DEMO',
		'COOPOL_ORIGIN',
		'HOST',
		'COOPOL_INSECURE',
		'COOPOL_SETUP_TOKEN',
	])
		vi.stubEnv(name, undefined);
});
afterEach(() => {
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true });
});

test('what a folder is for is decided at its first start, and a real house never becomes a demonstration', () => {
	expect(dataFolder()).toBe(folder);
	expect(chooseMode(true)).toBe('new');
	expect(chooseMode(false)).toBe('new');
	vi.stubEnv('COOPOL_DEMO', 'yes');
	expect(chooseMode(false)).toBe('new');
});

test('a folder that holds the demonstration is not founded over: another one is asked for', () => {
	expect(chooseMode(false)).toBe('demo');
	expect(readFileSync(join(folder, 'mode'), 'utf8')).toBe('demo\n');
	expect(() => chooseMode(true)).toThrow(`${folder} holds the demo. Name another folder`);
	expect(chooseMode(false)).toBe('demo');
});

test('COOPOL_DEMO=no founds without a word on the command line', () => {
	vi.stubEnv('COOPOL_DEMO', 'no');
	expect(chooseMode(false)).toBe('new');
});

test('on a database of one’s own, the demonstration comes only when asked by name, and leaves no mark in the folder', () => {
	vi.stubEnv('DATABASE_URL', 'postgres://owner@db.example/house');
	expect(chooseMode(false)).toBe('new');
	vi.stubEnv('COOPOL_DEMO', '1');
	expect(chooseMode(false)).toBe('new');
	vi.stubEnv('COOPOL_DEMO', 'yes');
	expect(chooseMode(false)).toBe('demo');
	expect(chooseMode(true)).toBe('new');
	expect(existsSync(join(folder, 'mode'))).toBe(false);
});

test('a house being tried is kept to this computer; given an address, a host or a database, it is not', () => {
	for (const [name, value] of [
		['DATABASE_URL', 'postgres://owner@db.example/house'],
		['COOPOL_ORIGIN', 'https://reseau.example'],
		['HOST', '0.0.0.0'],
		['COOPOL_INSECURE', 'yes'],
	] as const) {
		vi.stubEnv(name, value);
		expect([name, keepToThisComputer('new')]).toEqual([name, false]);
		vi.stubEnv(name, undefined);
	}
	expect(keepToThisComputer('demo')).toBe(false);
	expect(process.env.COOPOL_INSECURE).toBeUndefined();
	expect(keepToThisComputer('new')).toBe(true);
	expect(process.env.COOPOL_INSECURE).toBe('yes');
});

test('the console’s key is drawn once, read by its owner alone, the same after a stop, and thrown away once founded', async () => {
	const url = process.env.COOPOL_OWNER_URL!;
	writeFileSync(join(folder, 'setup-key'), 'left by an older start', { mode: 0o600 });
	expect(await setupPath(url)).toBeNull();
	expect(existsSync(join(folder, 'setup-key'))).toBe(false);
	await emptyHouse();
	const first = await setupPath(url);
	expect(first).toMatch(/^\/premiers-pas\?jeton=[\w-]{32}$/);
	expect(statSync(join(folder, 'setup-key')).mode & 0o777).toBe(0o600);
	vi.stubEnv('COOPOL_SETUP_TOKEN', undefined);
	expect(await setupPath(url)).toBe(first);
	vi.stubEnv('COOPOL_SETUP_TOKEN', 'choisie & connue');
	expect(await setupPath(url)).toBe('/premiers-pas?jeton=choisie%20%26%20connue');
});

test('every file of the pages is a way in that some domain declares, and none is declared in vain', async () => {
	const ways = openedRoutes();
	expect(ways).toContain('POST /membres/importer/[id=id]/corrections?values');
	expect(ways).toContain('GET /membres/importer/[id=id]/erreurs');
	expect(ways).toContain('POST /langue');
	expect(ways.some((way) => /\(\w+\)/.test(way))).toBe(false);
	expect(await undeclaredRoutes()).toEqual([]);
});
