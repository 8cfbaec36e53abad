import type { Given } from './open.ts';

const LOOKED_AT = 8 * 1024 * 1024;
const LONGEST = 64 * 1024;

/** Names of what a file says of each thing it holds: columns, properties of features, fields of a shapefile. */
export function namesIn(given: Given): string[] {
	if (given.form === 'table') return given.table.header.filter((name) => name !== '');
	return given.form === 'json' ? propertiesIn(given.bytes) : fieldsOf(given.dbf);
}

/** Properties of the first feature that has some. Its outline may be long, and stand before them. */
function propertiesIn(bytes: Buffer): string[] {
	const head = bytes.subarray(0, LOOKED_AT);
	const word = '"properties"';
	for (let at = head.indexOf(word); at >= 0; at = head.indexOf(word, at + word.length)) {
		const text = head.toString('utf8', at + word.length, at + word.length + LONGEST).replace(/^\s*:\s*/, '');
		const names = namesOf(wholeObject(text));
		// What tells the projection has properties too: its name alone
		if (names.length > 0 && names.join() !== 'name') return names;
	}
	return [];
}

function namesOf(text: string | null): string[] {
	try {
		return text ? Object.keys(JSON.parse(text)) : [];
	} catch {
		return [];
	}
}

/** The object that `text` starts with, up to the brace that closes it. */
function wholeObject(text: string): string | null {
	if (!text.startsWith('{')) return null;
	let depth = 0;
	for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
		if (token === '{') depth++;
		if (token === '}' && --depth === 0) return text.slice(0, index + 1);
	}
	return null;
}

const FIELD = 32;
const END_OF_FIELDS = 0x0d;

/** The fields of a dBase table: eleven signs each, closed by a zero. */
function fieldsOf(dbf: Buffer): string[] {
	const names: string[] = [];
	for (let at = FIELD; at + FIELD <= dbf.length && dbf[at] !== END_OF_FIELDS; at += FIELD)
		names.push(
			dbf
				.toString('latin1', at, at + 11)
				.replace(/\0.*$/s, '')
				.trim(),
		);
	return names;
}
