import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isId } from '#platform/ids.ts';

const folder = join(import.meta.dirname, '..', 'src', 'routes');

/** A folder of `src/routes` that answers an address, and the changing parts of that address. */
export interface Route {
	/** As SvelteKit names it: `/(network)/fil`. */
	id: string;
	params: Record<string, string>;
}

const ids = [
	...new Set(globSync('**/+{page,page.server,server}.{svelte,ts}', { cwd: folder }).map(dirname)),
].map((path) => (path === '.' ? '/' : `/${path}`));

// A part that does not change goes before one that does.
const isOpen = (id: string) =>
	id.split('/').map((part) => (part.startsWith('[') ? '~' : part.replace(/^\(.*/, '!')));
const ordered = ids.toSorted((a, b) => (isOpen(a).join('/') < isOpen(b).join('/') ? -1 : 1));

const shapes: Record<string, (text: string) => boolean> = {
	id: isId,
	slug: (text) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text),
};

function match(id: string, path: string): Record<string, string> | null {
	const names: string[] = [];
	const pattern = id
		.replace(/\/\([^)]+\)/g, '')
		.replaceAll('.', '\\.')
		.replace(/\[(\\\.\\\.\\\.)?(\w+)(?:=\w+)?\]/g, (_, rest: string | undefined, name: string) => {
			names.push(name);
			return rest ? '(.*)' : '([^/]+)';
		});
	const found = new RegExp(`^${pattern || '/'}$`).exec(path);
	if (!found) return null;
	const params = Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1]!)]));
	const fits = [...id.matchAll(/\[(\w+)=(\w+)\]/g)].every(([, name, shape]) =>
		shapes[shape!]!(params[name!]!),
	);
	return fits ? params : null;
}

/** Which folder answers a path; undefined where SvelteKit finds none. */
export function routeOf(path: string): Route | undefined {
	for (const id of ordered) {
		const params = match(id, path);
		if (params) return { id, params };
	}
	return undefined;
}

/** The module of a route, if it has one: `moduleOf(id, '+page.server.ts')`. */
export async function moduleOf<T>(id: string, name: string): Promise<T | null> {
	const file = join(folder, id, name);
	return existsSync(file) ? ((await import(/* @vite-ignore */ file)) as T) : null;
}

/** The layouts around a route, outermost first. */
export const layoutsOf = (id: string) =>
	id
		.split('/')
		.map((_, at, parts) => parts.slice(0, at + 1).join('/') || '/')
		.filter((path, at, all) => all.indexOf(path) === at && existsSync(join(folder, path, '+layout.svelte')));
