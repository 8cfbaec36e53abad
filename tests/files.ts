import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach } from 'vitest';

interface OnDisk {
	path: string;
	bytes: Buffer;
}

/** Empties the folder that `stage()` gave for uploads before each story; tells every file that is there. */
export function ownFiles(): () => Promise<OnDisk[]> {
	const root = () => process.env.COOPOL_FILES!;
	beforeEach(() => rm(root(), { recursive: true, force: true }));
	return async () => {
		const found = await readdir(root(), { recursive: true, withFileTypes: true }).catch(ifAbsent);
		const paths = found.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name));
		return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
	};
}

// Nothing was ever stored there.
function ifAbsent(problem: NodeJS.ErrnoException): [] {
	if (problem.code === 'ENOENT') return [];
	throw problem;
}
