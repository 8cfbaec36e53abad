import { beforeEach, expect, test } from 'vitest';
import { stage } from '#tests/stage.ts';
import { asSystem } from './db.ts';
import { house } from './house.ts';
import { forgetSettings, saveSetting, setting, settings } from './settings.ts';
import { sql } from './sql.ts';

stage();
beforeEach(forgetSettings);

const save = (key: string, value: unknown) => asSystem('test', (tx) => saveSetting(tx, key, value, null));

test('what nobody chose is what holds by default; what was chosen wins, even when it is no, nothing or zero', async () => {
	expect(await setting('test.asked', 'by default')).toBe('by default');
	for (const value of [false, 0, '', null, [], { a: 1 }]) {
		await save('test.asked', value);
		await expect.poll(() => setting<unknown>('test.asked', 'by default')).toEqual(value);
	}
});

test('a change is followed by every process once it is committed, without a restart', async () => {
	expect(await setting('test.followed', 1)).toBe(1);
	// Another process: what it writes is only heard through the database.
	await asSystem('test', async (tx) => {
		await saveSetting(tx, 'test.followed', 2, null);
		expect(await setting('test.followed', 1)).toBe(1);
	});
	await expect.poll(() => setting('test.followed', 1)).toBe(2);
});

test('who changes something sees it on the very next page, however late the news of it', async () => {
	for (let n = 0; n < 20; n++) {
		await save('test.own', n);
		expect(await setting('test.own', -1)).toBe(n);
	}
});

test('a change that failed was never made', async () => {
	const failed = asSystem('test', async (tx) => {
		await saveSetting(tx, 'test.failed', 'half', null);
		throw new Error('the rest did not go');
	});
	await expect(failed).rejects.toThrow('the rest');
	forgetSettings();
	expect(await setting('test.failed', 'none')).toBe('none');
});

test('who changed it and when are kept; two at once leave one whole value', async () => {
	await Promise.all([save('test.two', { name: 'one', also: 1 }), save('test.two', { name: 'two', also: 2 })]);
	forgetSettings();
	expect([
		{ name: 'one', also: 1 },
		{ name: 'two', also: 2 },
	]).toContainEqual(await setting('test.two', null));
	const row = await asSystem('test', (tx) =>
		tx.one<{ n: number; by: null }>(
			sql`select count(*) over ()::int as n, changed_by as by from platform.setting where key = 'test.two'`,
		),
	);
	expect(row).toEqual({ n: 1, by: null });
});

test('what was read is nobody’s to write over: a page cannot change the house by accident', async () => {
	const read = await settings();
	expect(() => Object.assign(read, { organisation: { name: 'Autre' } })).toThrow(TypeError);
	expect((await house()).name).toBe('La Rive commune');
});

test('the house is the same one until something changes, so that its words are made once', async () => {
	const before = await house();
	expect(await house()).toBe(before);
	await save('organisation', { name: 'La Rive nouvelle', colour: '#7a1fa2' });
	await expect.poll(async () => (await house()).name).toBe('La Rive nouvelle');
	expect((await house()).address).toBe('tu');
	expect((await house()).themeVersion).not.toBe(before.themeVersion);
});
