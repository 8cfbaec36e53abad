import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { ownFiles } from '#tests/files.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { dropFile, keepFile, takeIn } from './keep.ts';
import { giveUp, leaveBytes, namingTables } from './leave.ts';
import { store } from './stored.ts';
import { countUnnamed, sweepFiles, sweepJob } from './sweep.ts';

stage();
const onDisk = ownFiles();
const house = (query: Sql) => asSystem('test', (tx) => tx.many(query));

const root = () => process.env.COOPOL_FILES!;
const placeOf = (id: string) => join(root(), id.slice(0, 2), id);
const yesterday = () => new Date(Date.now() - 25 * 3_600_000);
const age = async (...paths: string[]) => {
	for (const path of paths) await utimes(path, yesterday(), yesterday());
};
const stored = async (text = 'Compte rendu') => (await store().put(Buffer.from(text), 999)).id;
const old = async () => {
	const id = await stored();
	await age(placeOf(id));
	return id;
};
const ids = async () => (await onDisk()).map(({ path }) => path.slice(-32)).toSorted();
const upload = () => takeIn(new File(['Compte rendu'], 'notes.txt', { type: 'text/plain' }));
const keep = async (taken: Awaited<ReturnType<typeof upload>>) =>
	asSystem('test', (tx) =>
		keepFile(tx, taken, { ownerId: idOf('odile'), holder: 'feed.post', holderId: null }),
	);

test('killed between the commit and the disk: the bytes that nothing names go the next night', async () => {
	const taken = await upload();
	const [id, other] = [await keep(taken), await upload()];
	await keep(other);
	// Killed there, what was to follow the commit never runs.
	await asSystem('test', (tx) => dropFile({ ...tx, afterCommit: () => {} }, id));
	await age(placeOf(taken.storedId), placeOf(other.storedId));
	expect(await sweepFiles()).toEqual({ looked: 2, unnamed: 1, deleted: 1, cut: 0, doubtful: false });
	expect(await ids()).toEqual([other.storedId]);
	expect(await sweepFiles()).toMatchObject({ looked: 1, unnamed: 0, deleted: 0 });
});

test('what was stored for something refused then goes too, and not before a day', async () => {
	const taken = await upload();
	const undone = asSystem('test', async (tx) => {
		await keepFile(tx, taken, { ownerId: idOf('odile'), holder: 'feed.post', holderId: null });
		throw new Error('undone');
	});
	await expect(undone).rejects.toThrow('undone');
	expect(await sweepFiles()).toMatchObject({ looked: 0, deleted: 0 });
	expect(await ids()).toEqual([taken.storedId]);
	await age(placeOf(taken.storedId));
	expect(await sweepFiles()).toMatchObject({ looked: 1, deleted: 1 });
	expect(await ids()).toEqual([]);
});

test('every table that names bytes is asked, whosever it is', async () => {
	expect(await asSystem('test', namingTables)).toEqual([
		'electoral_map.sending',
		'imports.import',
		'platform.export',
		'platform.rendition',
	]);
	const [sent, imported, exported, left, leftLong] = [
		await old(),
		await old(),
		await old(),
		await old(),
		await old(),
	];
	await house(
		sql`insert into electoral_map.sending (id, file_name, bytes, stored_id) values (${newId()}, 'x', 1, ${sent})`,
	);
	await house(
		sql`insert into imports.import (id, kind, unit_id, stored_id) values (${newId()}, 'members', ${idOf('villebrume')}, ${imported})`,
	);
	await house(
		sql`insert into platform.export (id, person_id, stored_id) values (${newId()}, ${idOf('odile')}, ${exported})`,
	);
	await house(
		sql`insert into platform.stored_left (stored_id, at) values (${left}, now()), (${leftLong}, now() - interval '2 hours')`,
	);
	expect(await sweepFiles()).toMatchObject({ looked: 5, deleted: 1 });
	expect(await ids()).toEqual([sent, imported, exported, left].toSorted());
	expect(await house(sql`select stored_id from platform.stored_left`)).toEqual([{ stored_id: left }]);
});

test('an upload that comes meanwhile, and one that is being written, are left alone', async () => {
	const gone = await Promise.all([old(), old(), old()]);
	let writing: string[] = [];
	const slow = (async function* () {
		yield Buffer.from('abc');
		writing = await readdir(join(root(), 'arriving'));
		await sweepFiles();
		yield Buffer.from('ghi');
	})();
	const [swept, late, ...kept] = await Promise.all([
		sweepFiles(),
		store().put(slow, 99),
		...Array.from({ length: 8 }, async () => {
			const taken = await upload();
			await keep(taken);
			return taken.storedId;
		}),
	]);
	expect(swept.deleted).toBeLessThanOrEqual(3);
	expect(writing).toContain(late.id);
	expect(late.size).toBe(6);
	expect(await ids()).toEqual([late.id, ...kept].toSorted());
	for (const id of gone) await expect(store().size(id)).rejects.toMatchObject({ code: 'missing' });
});

test('two sweeps at once take off the same thing once', async () => {
	for (let n = 0; n < 6; n++) await old();
	await Promise.all([sweepFiles(), sweepFiles()]);
	expect(await ids()).toEqual([]);
});

test('what is not a file of ours is not touched: a link, its target, another name, another folder', async () => {
	const elsewhere = join(root(), '..', `elsewhere-${newId()}`);
	await mkdir(elsewhere, { recursive: true });
	const digits = (start: string) => start.padEnd(32, '0');
	const foreign = [
		join(root(), 'ab', 'LISEZ-MOI'),
		join(root(), 'ab', digits('cd')),
		join(root(), 'zz', digits('ab')),
		join(root(), digits('ef')),
		join(root(), 'arriving', 'notes'),
		join(elsewhere, digits('cc')),
		join(elsewhere, digits('dd')),
	];
	for (const folder of ['ab', 'zz', 'arriving']) await mkdir(join(root(), folder), { recursive: true });
	for (const path of foreign) await writeFile(path, 'pas à nous');
	await age(...foreign);
	// A folder and a file that lead outside; a folder by the name of a file.
	await symlink(elsewhere, join(root(), 'cc'));
	await symlink(join(elsewhere, digits('dd')), join(root(), 'ab', digits('ab1')));
	await symlink(join(elsewhere, digits('dd')), join(root(), 'arriving', digits('dd')));
	await mkdir(join(root(), 'ab', digits('ab2')));
	await mkdir(join(root(), 'arriving', digits('ee')));
	await age(join(root(), 'ab', digits('ab2')), join(root(), 'arriving', digits('ee')));
	const ours = await old();
	expect(await sweepFiles()).toEqual({ looked: 1, unnamed: 1, deleted: 1, cut: 0, doubtful: false });
	await expect(store().size(ours)).rejects.toMatchObject({ code: 'missing' });
	expect((await readdir(elsewhere)).length).toBe(2);
	expect((await readdir(join(root(), 'ab'))).toSorted()).toEqual(
		['LISEZ-MOI', digits('ab1'), digits('ab2'), digits('cd')].toSorted(),
	);
	expect((await readdir(join(root(), 'arriving'))).length).toBe(3);
});

test('a dry run counts, and touches nothing', async () => {
	const id = await old();
	expect(await sweepFiles({ dry: true })).toEqual({
		looked: 1,
		unnamed: 1,
		deleted: 0,
		cut: 0,
		doubtful: false,
	});
	expect(await ids()).toEqual([id]);
	expect(await countUnnamed({ age: 2 * 24 * 3_600_000 })).toEqual({ looked: 0, unnamed: 0 });
});

test('where nearly nothing has a name, the night leaves it all; a person decides', async () => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	await mkdir(join(root(), 'ab'), { recursive: true });
	for (let n = 0; n < 600; n++) {
		const path = join(root(), 'ab', `ab${String(n).padStart(30, '0')}`);
		await writeFile(path, 'x');
		await age(path);
	}
	await sweepJob.work({} as never);
	expect(warn).toHaveBeenCalledWith('files: 600 of 600 have no name; nothing was taken off');
	warn.mockRestore();
	expect((await ids()).length).toBe(600);
	expect(await countUnnamed({ most: 1 })).toEqual({ looked: 500, unnamed: 500 });
	expect(await sweepFiles()).toMatchObject({ deleted: 600, doubtful: true });
	expect(await ids()).toEqual([]);
});

test('bytes whose row came to be after all stay, whatever its sender was told', async () => {
	const taken = await upload();
	await keep(taken);
	const alone = await stored();
	await giveUp(taken.storedId, alone);
	expect(await ids()).toEqual([taken.storedId]);
});

test('a disk that refuses undoes nothing of what is done, and tells nobody but the house', async () => {
	const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
	const id = await stored();
	const refusing = vi.spyOn(store(), 'delete').mockRejectedValue(new Error('read-only'));
	await asSystem('test', async (tx) => leaveBytes(tx, [{ stored_id: null }, { stored_id: id }]));
	expect(refusing).toHaveBeenCalledOnce();
	expect(warn).toHaveBeenCalledWith('files:', 'read-only');
	refusing.mockRestore();
	warn.mockRestore();
	expect(await ids()).toEqual([id]);
});
