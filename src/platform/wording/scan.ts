import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One call that says a message: the names of its arguments, unless they cannot be read off the source. */
export type Said = { path: string; key: string; args?: string[] };
export type Use = { said: Said[]; quoted: Set<string>; prefixes: string[] };
export type Source = { path: string; text: string };

/** The program's own sources, without tests. */
export function readSources(): Source[] {
	const root = join(import.meta.dirname, '../../..');
	const paths = globSync(['src/**/*.ts', 'src/**/*.svelte', 'bin/**/*.ts'], { cwd: root });
	return paths
		.filter((path) => !/\.test\.ts$|src[\\/]platform[\\/]wording[\\/](?:check|scan|sample)\.ts$/.test(path))
		.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/**
 * Which messages the sources use. A call with a literal key is checked; any quoted key counts as used; keys built
 * at run time are declared beside the call by a comment: `words: prefix.*`, or several, such as `words: one.kind_* one.to_*`.
 */
export function messageUse(sources: Source[]): Use {
	const use: Use = { said: [], quoted: new Set(), prefixes: [] };
	for (const { path, text } of sources) {
		for (const match of text.matchAll(/\b(?:say|spoken)\(\s*(['"`])([\w.-]+)\1/g)) {
			const args = argumentNames(text.slice(match.index + match[0].length));
			use.said.push({ path, key: match[2] ?? '', ...(args && { args }) });
		}
		for (const match of text.matchAll(/(['"`])([a-z][\w-]*(?:\.\w+)+)\1/g)) use.quoted.add(match[2] ?? '');
		use.prefixes.push(...prefixesIn(text));
	}
	return use;
}

const prefixesIn = (text: string) =>
	[...text.matchAll(/(?:\/\/|\/?\*|<!--)\s*words:((?:\s+[\w.-]+\*)+)/g)]
		.flatMap((match) => (match[1] ?? '').trim().split(/\s+/))
		.map((prefix) => prefix.slice(0, -1));

/** Said but written in no catalogue. */
export function missingKeys({ said }: Use, keys: Set<string>): Said[] {
	return said.filter(({ key }) => !keys.has(key));
}

/** Written in a catalogue but used nowhere. */
export function unusedKeys({ quoted, prefixes }: Use, keys: Set<string>): string[] {
	return [...keys].filter((key) => !quoted.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)));
}

/** Calls that forget an argument of their message; `needed` gives the arguments of a key. */
export function forgottenArguments({ said }: Use, needed: (key: string) => string[]): string[] {
	return said.flatMap(({ path, key, args }) => {
		const forgotten = args ? needed(key).filter((name) => !args.includes(name)) : [];
		return forgotten.map((name) => `${path}: ${key} without {${name}}`);
	});
}

/** Names of a literal object after a key; nothing when the arguments come from elsewhere. */
function argumentNames(rest: string): string[] | undefined {
	if (/^\s*,?\s*\)/.test(rest)) return [];
	const start = /^\s*,\s*\{/.exec(rest)?.[0].length;
	if (start === undefined) return undefined;
	const inside = topLevel(rest.slice(start));
	if (inside === undefined || inside.includes('...')) return undefined;
	return inside.split(',').flatMap((part) => /^\s*['"]?(\w+)['"]?\s*(?::|$)/.exec(part)?.[1] ?? []);
}

/** The text up to the closing brace, without what is nested in brackets or quotes. */
function topLevel(text: string): string | undefined {
	const bare = text.replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, 'q');
	let depth = 0;
	let result = '';
	for (const sign of bare) {
		if ('}])'.includes(sign)) depth--;
		if (depth < 0) return result;
		if (depth === 0) result += sign;
		if ('{[('.includes(sign)) depth++;
	}
	return undefined;
}
