import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** Every file under a folder of the project (or the file itself), as absolute paths in a fixed order. */
export function filesUnder(path: string): string[] {
	const full = join(root, path);
	if (!existsSync(full)) return [];
	if (statSync(full).isFile()) return [full];
	return readdirSync(full, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

// What the build is made of. `static/enhance.js` is made by the build itself.
const inputs = [
	'src',
	'static',
	'bin/routes.ts',
	'vite.config.ts',
	'tsconfig.json',
	'package.json',
	'package-lock.json',
];
const isInput = (path: string) => !/\.(test|fixture)\.ts$|\.md$|static\/enhance[^/]*\.js/.test(path);

/** Changes when anything the build is made of changes; the same on every machine, whatever the dates. */
export function hashSources(): string {
	const hash = createHash('sha256').update(process.versions.node);
	for (const file of inputs.flatMap(filesUnder).filter(isInput)) {
		const text = readFileSync(file);
		hash.update(`${relative(root, file)}\0${text.length}\0`).update(text);
	}
	return hash.digest('hex');
}

export const stamp = join(root, 'build/.stamp');

/** A short name of what is built, for the addresses of files that browsers keep. */
export function buildName(): string {
	return existsSync(stamp) ? readFileSync(stamp, 'utf8').slice(0, 10) : 'dev';
}

/** True when `build/` was made from the sources as they are now. */
export function isBuilt(): boolean {
	return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashSources();
}
