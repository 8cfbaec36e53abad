import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderStore } from './folder-store.ts';
import { withinQuota } from './storage.ts';

let root: string;
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'coopol-files-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const files = async () =>
	(await readdir(root, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
const missing = expect.objectContaining({ code: 'missing' });

async function* pieces(...parts: string[]): AsyncGenerator<Uint8Array> {
	for (const part of parts) yield Buffer.from(part);
}

describe('a stored file', () => {
	it('comes back byte for byte, whole or in part', async () => {
		const store = folderStore(root);
		await fc.assert(
			fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), async (bytes) => {
				const { id, size, sha256 } = await store.put(bytes, 5_000);
				expect(id).toMatch(/^[0-9a-f]{32}$/);
				expect(size).toBe(bytes.byteLength);
				expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
				expect(await store.size(id)).toBe(bytes.byteLength);
				expect(await buffer(await store.get(id))).toEqual(Buffer.from(bytes));
			}),
			{ numRuns: 40 },
		);
		const { id } = await store.put(pieces('abc', 'def'), 6);
		expect(String(await buffer(await store.get(id, { start: 2, end: 3 })))).toBe('cd');
	});

	it('has an id nobody can guess: twice the same content, two ids', async () => {
		const store = folderStore(root);
		const [one, other] = await Promise.all([store.put(Buffer.from('x'), 9), store.put(Buffer.from('x'), 9)]);
		expect(one.id).not.toBe(other.id);
		expect(one.sha256).toBe(other.sha256);
	});

	it('is gone once deleted, and deleting again is no error', async () => {
		const store = folderStore(root);
		const { id } = await store.put(Buffer.from('x'), 9);
		await store.delete(id);
		await store.delete(id);
		await expect(store.get(id)).rejects.toEqual(missing);
		await expect(store.size(id)).rejects.toEqual(missing);
	});

	it.each([
		'../../etc/passwd',
		'',
		'A'.repeat(32),
		'0'.repeat(31),
		`${'0'.repeat(32)}\n`,
		'..',
		'0'.repeat(33),
	])('is not reached by the id %j', async (id) => {
		const store = folderStore(root);
		await expect(store.get(id)).rejects.toEqual(missing);
		await expect((async () => store.delete(id))()).rejects.toEqual(missing);
	});
});

describe('an upload that fails', () => {
	it('leaves nothing: too large, or cut on the way', async () => {
		const store = folderStore(root);
		const before = (await files()).length;
		await expect(store.put(pieces('abc', 'def'), 5)).rejects.toMatchObject({ code: 'too_large' });
		await expect(store.put(Buffer.alloc(6), 5)).rejects.toMatchObject({ code: 'too_large' });
		const cut = (async function* () {
			yield Buffer.from('abc');
			throw new Error('connection lost');
		})();
		await expect(store.put(cut, 99)).rejects.toThrow('connection lost');
		expect((await files()).length).toBe(before);
	});

	it('is never visible under its id before it is complete', async () => {
		const store = folderStore(root);
		const before = (await files()).map(({ name }) => name);
		const slow = (async function* () {
			for (let n = 0; n < 5; n++) {
				yield Buffer.from('abc');
				const visible = (await files()).filter(({ parentPath }) => !parentPath.endsWith('arriving'));
				expect(visible.map(({ name }) => name)).toEqual(before);
			}
		})();
		await store.put(slow, 99);
		expect((await files()).length).toBe(before.length + 1);
	});

	it('abandoned by a crash, is swept after a day, not before', async () => {
		const store = folderStore(root);
		await store.put(Buffer.from('x'), 9);
		const left = join(root, 'arriving', 'f'.repeat(32));
		await writeFile(left, 'half');
		expect(await store.sweep()).toBe(0);
		await utimes(left, 0, 0);
		expect(await store.sweep()).toBe(1);
		expect(await folderStore(join(root, 'none')).sweep()).toBe(0);
	});
});

describe('quota', () => {
	it('gives what is left, or refuses', () => {
		expect(withinQuota({ used: 40, adding: 60, limit: 100 })).toBe(0);
		for (const bad of [
			{ used: 41, adding: 60 },
			{ used: 0, adding: -1 },
			{ used: Number.NaN, adding: 1 },
			{ used: 0, adding: Number.NaN },
		]) {
			expect(() => withinQuota({ ...bad, limit: 100 })).toThrow(/quota/);
		}
	});
});
