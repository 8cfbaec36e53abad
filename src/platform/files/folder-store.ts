import { createHash, type Hash, randomBytes } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileProblem, refuseIf } from './problem.ts';
import type { FileStore, Stored } from './storage.ts';

const ID = /^[0-9a-f]{32}$/;
const ARRIVING = 'arriving';
const ABANDONED_MS = 24 * 3600 * 1000;
/** Ids told together. */
const AT_A_TIME = 500;

/**
 * Files in a local folder, fanned out by the first two digits. A file appears under its id only once complete and on
 * disk (write aside, fsync, rename, fsync of the folder): after a power cut it is there whole or not at all.
 */
export function folderStore(root: string): FileStore {
	return {
		put: (content, max) => put(root, content, max),
		get: async (id, range) => {
			await sizeOf(root, id);
			return createReadStream(placeOf(root, id), range);
		},
		size: (id) => sizeOf(root, id),
		delete: (id) => rm(placeOf(root, id), { force: true }),
		writtenBefore: (instant) => writtenBefore(root, instant),
		sweep: (now = Date.now()) => sweep(root, now),
	};
}

function placeOf(root: string, id: string): string {
	refuseIf(!ID.test(id), 'missing');
	return join(root, id.slice(0, 2), id);
}

async function sizeOf(root: string, id: string): Promise<number> {
	try {
		return (await stat(placeOf(root, id))).size;
	} catch (problem) {
		throw (problem as { code?: string }).code === 'ENOENT' ? new FileProblem('missing') : problem;
	}
}

type Content = Parameters<FileStore['put']>[0];

async function put(root: string, content: Content, max: number): Promise<Stored> {
	const id = randomBytes(16).toString('hex');
	const aside = join(root, ARRIVING, id);
	await mkdir(join(root, ARRIVING), { recursive: true, mode: 0o700 });
	try {
		const written = await write(aside, content, max);
		await publish(root, id, aside);
		return { id, ...written };
	} catch (problem) {
		await rm(aside, { force: true });
		throw problem;
	}
}

async function write(
	aside: string,
	content: Content,
	max: number,
): Promise<{ size: number; sha256: string }> {
	const file = await open(aside, 'wx', 0o600);
	try {
		const hash = createHash('sha256');
		const size = await pour(file, hash, content instanceof Uint8Array ? [content] : content, max);
		await file.sync();
		return { size, sha256: hash.digest('hex') };
	} finally {
		await file.close();
	}
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

async function pour(file: FileHandle, hash: Hash, chunks: Chunks, max: number): Promise<number> {
	let size = 0;
	for await (const chunk of chunks) {
		size += chunk.byteLength;
		refuseIf(size > max, 'too_large');
		hash.update(chunk);
		await file.writeFile(chunk);
	}
	return size;
}

async function publish(root: string, id: string, aside: string): Promise<void> {
	const place = placeOf(root, id);
	const folder = join(root, id.slice(0, 2));
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await rename(aside, place);
	await settle(folder);
	await settle(root);
}

/** Makes a rename survive a power cut. Windows cannot open a folder, and needs not. */
async function settle(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder, 'r');
	await handle.sync().finally(() => handle.close());
}

/** Removes uploads cut more than a day ago; gives how many. */
async function sweep(root: string, now: number): Promise<number> {
	const names = await readdir(join(root, ARRIVING)).catch(() => []);
	let removed = 0;
	for (const name of names) {
		const path = join(root, ARRIVING, name);
		if (!ID.test(name) || !(await isOlder(path, now - ABANDONED_MS))) continue;
		await rm(path, { force: true });
		removed++;
	}
	return removed;
}

/** A file of its own, last written before this instant; a link is none, wherever it leads. */
async function isOlder(path: string, instant: number): Promise<boolean> {
	const found = await lstat(path).catch(() => undefined);
	return Boolean(found?.isFile()) && found!.mtimeMs < instant;
}

/** Ids some at a time. */
async function* writtenBefore(root: string, instant: number): AsyncGenerator<string[]> {
	let some: string[] = [];
	for await (const id of idsIn(root)) {
		if (await isOlder(placeOf(root, id), instant)) some.push(id);
		if (some.length < AT_A_TIME) continue;
		yield some;
		some = [];
	}
	if (some.length) yield some;
}

/** Folder after folder, read as it goes: neither its names nor its files are ever all in memory. */
async function* idsIn(root: string): AsyncGenerator<string> {
	for (const { name: folder } of (await entriesOf(root)).filter(isFanned))
		for await (const { name } of await opendir(join(root, folder))) if (ID.test(name)) yield name;
}

const isFanned = (entry: Dirent) => entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name);

const entriesOf = (folder: string): Promise<Dirent[]> =>
	readdir(folder, { withFileTypes: true }).catch((problem: NodeJS.ErrnoException) => {
		if (problem.code === 'ENOENT') return [];
		throw problem;
	});
