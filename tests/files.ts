import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';

interface OnDisk {
	path: string;
	bytes: Buffer;
}

/** Gives the test file a folder of its own for the bytes of files, empty before each story; tells every file that is there. */
export function ownFiles(): () => Promise<OnDisk[]> {
	const before = process.env.COOPOL_FILES;
	let root: string;
	beforeAll(async () => {
		root = await mkdtemp(join(tmpdir(), 'coopol-files-'));
		process.env.COOPOL_FILES = root;
	});
	afterAll(async () => {
		if (before === undefined) delete process.env.COOPOL_FILES;
		else process.env.COOPOL_FILES = before;
		await rm(root, { recursive: true, force: true });
	});
	beforeEach(() => rm(root, { recursive: true, force: true }));
	return async () => {
		const found = await readdir(root, { recursive: true, withFileTypes: true });
		const paths = found.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
		return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
	};
}
