import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse } from '#domains/admin/admin.fixture.ts';
import { stage } from '#tests/stage.ts';
import { commands } from './index.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-new-'));
const before = process.env.COOPOL_DATA;
beforeAll(async () => {
	process.env.COOPOL_DATA = folder;
	await emptyHouse();
});
afterAll(() => {
	if (before === undefined) delete process.env.COOPOL_DATA;
	else process.env.COOPOL_DATA = before;
	delete process.env.COOPOL_SETUP_TOKEN;
	rmSync(folder, { recursive: true });
});

async function begin() {
	const command = commands.find(({ path }) => path.join(' ') === 'new')!;
	const result: { ok: boolean; page: string | null } = await command.run([], {});
	return { ...result, said: command.say(result as never) };
}
const kept = (name: string) => readFileSync(join(folder, name), 'utf8').trim();

test('new makes an empty folder that of a real organisation, and prints the page that founds it, the same when asked again', async () => {
	const first = await begin();
	expect(first.said).toContain(`open ${first.page} at the address`);
	expect(first.page).toBe(`/premiers-pas?jeton=${kept('setup-key')}`);
	expect(statSync(join(folder, 'setup-key')).mode & 0o077).toBe(0);
	expect(kept('mode')).toBe('new');
	expect(await begin()).toEqual(first);
});

test('a folder of the demonstration stays what it is', async () => {
	writeFileSync(join(folder, 'mode'), 'demo\n');
	await expect(begin()).rejects.toThrow('holds the demo. Name another folder');
	expect(kept('mode')).toBe('demo');
});
