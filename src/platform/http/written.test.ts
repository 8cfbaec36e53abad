import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { idOf } from '#tests/party.ts';
import { isWritten, namesOfPage } from './written.ts';

const src = join(import.meta.dirname, '../..');
const views = globSync('{domains,routes}/**/*.svelte', { cwd: src }).map((path) =>
	readFileSync(join(src, path), 'utf8'),
);
// Attributes are texts between quotes or expressions between braces, themselves two deep.
const attributes = String.raw`(?:[^<>{}"]|"[^"]*"|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*`;
const controls = new RegExp(
	String.raw`<(Field|Choice|input|select|textarea|Check|Switch|Segment|AudiencePick|Button|button)\b(${attributes})>`,
	'g',
);

/** Names of the fields that views draw, of those somebody writes in and of the others. */
function namesDrawn(): { typed: Set<string>; chosen: Set<string> } {
	const names = { typed: new Set<string>(), chosen: new Set<string>() };
	for (const [, tag = '', given = ''] of views.flatMap((text) => [...text.matchAll(controls)])) {
		const name = /(?<![\w-])name="([^"]+)"/.exec(given)?.[1]?.replace('[]', '');
		const type = /(?<![\w-])type="([^"]+)"/.exec(given)?.[1] ?? 'text';
		// A field around another control lets that one speak.
		const isAround = tag === 'Field' && !given.endsWith('/');
		if (!name || name.startsWith('_') || type === 'file' || isAround) continue;
		const isTyped = /^(Field|textarea|input)$/.test(tag) && !/^(select|hidden|checkbox|radio)$/.test(type);
		names[isTyped ? 'typed' : 'chosen'].add(name);
	}
	return names;
}

test('names in which nobody writes are those of the views, none missing, none in which somebody does', () => {
	const { typed, chosen } = namesDrawn();
	expect(typed.size).toBeGreaterThan(40);
	expect([...namesOfPage].filter((name) => typed.has(name))).toEqual([]);
	expect([...namesOfPage].toSorted()).toEqual([...chosen].filter((name) => !typed.has(name)).toSorted());
});

test.each([
	['text', 'Bonjour', true],
	['text', 'oui', true],
	['why', '12', true],
	['options[]', 'Jeudi', true],
	['reason', 'spam', true],
	['text', '', false],
	['audience', `unit:${idOf('villebrume')}`, false],
	['anything', `unit:${idOf('villebrume')}`, false],
	['choices', idOf('x'), false],
	['agreed', 'on', false],
	['kind', 'members', false],
	['zones[]', '75056', false],
	['_key', 'once-and-for-all', false],
])('%s "%s" was written: %s', (name, value, written) => {
	expect(isWritten(name, value)).toBe(written);
});
