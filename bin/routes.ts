import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'routes');

/** Every way into the app that the files of `src/routes` open: `GET /fil`, `POST /fil?publish`, `PUT /x`. */
export function openedRoutes(folder = source): string[] {
	const files = globSync('**/+{page,page.server,server}.{svelte,ts}', { cwd: folder });
	return [
		...new Set(files.flatMap((file) => waysIn(file, readFileSync(join(folder, file), 'utf8')))),
	].toSorted();
}

function waysIn(file: string, text: string): string[] {
	const path = `/${dirname(file)}`.replace(/\/\([^)]+\)/g, '').replace(/^\/\.$/, '') || '/';
	if (file.endsWith('+page.svelte')) return [`GET ${path}`];
	if (file.endsWith('+server.ts')) {
		const verbs = [
			...text.matchAll(/export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE|fallback)\b/g),
		];
		return verbs.map(([, verb]) => `${verb === 'fallback' ? '*' : verb} ${path}`);
	}
	const actions = /export const actions[^=]*=\s*\{([\s\S]*?)\n\}/.exec(text)?.[1] ?? '';
	const names = [...actions.matchAll(/^\t(?:async )?(\w+)\s*[:(,]/gm)].map(([, name]) => name);
	return names.map((name) => `POST ${path}?${name}`);
}

/** Routes that no domain declares, and declarations that lead nowhere. */
export async function undeclaredRoutes(folder = source): Promise<string[]> {
	const { routes } = await import('#registry.ts');
	const opened = openedRoutes(folder);
	const orphans = Object.keys(routes).filter((route) => !opened.includes(route));
	return [
		...opened.filter((route) => !(route in routes)),
		...orphans.map((route) => `${route} (declared, but no file opens it)`),
	];
}
