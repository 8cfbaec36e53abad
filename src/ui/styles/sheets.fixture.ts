import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One selector of our style sheets and what it declares; a list of selectors makes one rule each. */
export interface Rule {
	file: string;
	selector: string;
	/** The conditions around it: `@media print`. */
	within: string;
	declared: Record<string, string>;
}

const bare = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, '');

/** Selectors of a list, without cutting inside brackets. */
function selectorsOf(list: string): string[] {
	const found = [''];
	let depth = 0;
	for (const sign of list) {
		if ('(['.includes(sign)) depth++;
		if (')]'.includes(sign)) depth--;
		if (sign === ',' && depth === 0) found.push('');
		else found[found.length - 1] += sign;
	}
	return found.map((selector) => selector.replace(/\s+/g, ' ').trim());
}

/** Where the block that opens here ends. */
function closingOf(text: string, open: number): number {
	let depth = 1;
	let end = open + 1;
	for (; depth > 0; end++) depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
	return end;
}

/** The rules of a style sheet, those inside `@media` and `@supports` too. */
export function rulesOf(css: string, file = '', within = ''): Rule[] {
	const text = bare(css);
	const open = text.indexOf('{');
	if (open < 0) return [];
	const end = closingOf(text, open);
	const [head, inside] = [
		text
			.slice(0, open)
			.replace(/[\s\S]*;/, '')
			.trim(),
		text.slice(open + 1, end - 1),
	];
	return [...blockOf(head, inside, file, within), ...rulesOf(text.slice(end), file, within)];
}

function blockOf(head: string, inside: string, file: string, within: string): Rule[] {
	if (/^@(?:media|supports)/.test(head)) return rulesOf(inside, file, `${within} ${head}`.trim());
	if (head.startsWith('@')) return [];
	return selectorsOf(head).map((selector) => ({ file, selector, within, declared: declaredIn(inside) }));
}

const declaredIn = (body: string) =>
	Object.fromEntries(
		body.split(';').flatMap((line) => {
			const [, name, value] = /^\s*([\w-]+)\s*:\s*([\s\S]+?)\s*$/.exec(line) ?? [];
			return name && value ? [[name, value]] : [];
		}),
	);

/** Every rule that pages receive, read from the files themselves. */
export const everyRule = (): Rule[] =>
	globSync('**/*.css', { cwd: import.meta.dirname })
		.toSorted()
		.flatMap((file) => rulesOf(readFileSync(join(import.meta.dirname, file), 'utf8'), file));

/** The custom properties of the rules that match, in the order of the sheet. */
export const tokensOf = (rules: readonly Rule[], matches: (rule: Rule) => boolean): Record<string, string> =>
	Object.assign(
		{},
		...rules
			.filter(matches)
			.map(({ declared }) =>
				Object.fromEntries(Object.entries(declared).filter(([name]) => name.startsWith('--'))),
			),
	);

/** A declared colour as `#rrggbb` under these tokens; null when it is none (`inherit`, `none`, a gradient). */
export function colourIn(value: string | undefined, tokens: Record<string, string>): string | null {
	const [, name, otherwise] = /^var\((--[\w-]+)(?:,\s*([^)]+\)?))?\)$/.exec(value ?? '') ?? [];
	if (name) return colourIn(tokens[name] ?? otherwise, tokens);
	const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value ?? '');
	if (short)
		return `#${short
			.slice(1)
			.map((digit) => digit + digit)
			.join('')}`;
	return /^#[0-9a-f]{6}$/i.test(value ?? '') ? value! : null;
}
