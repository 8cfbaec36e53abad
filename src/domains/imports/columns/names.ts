import { doubt, type Reading, tidyText, unreadable } from './reading.ts';

export type FullName = { familyName: string; givenName: string };

/** Words that stay small inside a family name. */
const SMALL = new Set(['de', "d'", 'd’', 'der', 'den', 'von', 'zu', 'dos', 'da', 'di', 'e', 'y']);
/** Words that announce the rest of a family name. */
const PARTICLES = new Set([
	'de',
	'du',
	'des',
	'le',
	'la',
	'les',
	'van',
	'von',
	'der',
	'den',
	'ben',
	'bin',
	'el',
	'al',
	'da',
	'di',
	'dos',
	'mac',
	'mc',
	'saint',
	'sainte',
	'st',
	'ste',
]);

/** Written before a name, where nobody asked for it. */
const CIVILITY = /^(m\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle)\s+(?=\p{L})/iu;

/** Reads a name of person. Capitals alone or small letters alone are set right; a mixed writing is respected. */
export function readName(cell: string): Reading<string> {
	const text = tidyText(cell)
		.replace(CIVILITY, '')
		.replace(/\s*([-‐‑])\s*/g, '$1')
		.replace(/[ʼ´`]/g, '’')
		.replace(/^(?:[\s.,;-]|['’](?!\p{L}))+|[\s,;-]+$/gu, '');
	if (text === '') return { value: null };
	if (text.length > 100) return unreadable('text_too_long', text.slice(0, 100).trim());
	if (/\ufffd|[ÃÂ][\u0080-\u00bf]/.test(text)) return doubt(text, 'text_broken', unbreak(text));
	if (/[\d@<>{}[\]=*#/\\|_]/.test(text) || !/\p{L}/u.test(text)) return refusal('name_not_a_name');
	if (text.split(/[\s-]/).some(mixesScripts)) return doubt(text, 'name_mixed_scripts', null);
	return { value: isOneCase(text) ? setCase(text) : text };
}

/** Accents read twice in the wrong encoding ("GÃ©rard") can be given back; lost ones cannot. */
function unbreak(text: string): string | null {
	const fixed = Buffer.from(text, 'latin1').toString('utf8');
	return /[\ufffd\u0100-\uffff]/.test(text) || fixed.includes('\ufffd') ? null : fixed;
}

/**
 * Parts a full name: capitals show the family name ("DUPONT Jean-Pierre"), a comma too. Otherwise the order is guessed
 * and the person is asked, with the guess written so that it leaves no doubt.
 */
export function readFullName(cell: string): Reading<FullName> {
	const text = tidyText(cell)
		.replace(CIVILITY, '')
		.replace(/^m\s+(?=\S+\s+\S)/i, '');
	if (text === '') return { value: null };
	const comma = text.split(/\s*,\s*/);
	const [family, ...given] = comma;
	if (family && given.length && given.every(Boolean)) return both(family, given.join(' '));
	const words = text.split(' ');
	if (words.length < 2) return refusal('name_order');
	const capitals = words.map((word) => isCapitals(word));
	const from = capitals.indexOf(true);
	const to = capitals.lastIndexOf(true) + 1;
	const isRun = from >= 0 && capitals.slice(from, to).every(Boolean) && to - from < words.length;
	if (isRun && from === 0) return both(words.slice(0, to).join(' '), words.slice(to).join(' '));
	if (isRun && to === words.length) return split(words, particleBefore(words, from));
	return guess(words, capitals.every(Boolean));
}

function split(words: string[], at: number): Reading<FullName> {
	return both(words.slice(at).join(' '), words.slice(0, at).join(' '));
}

function both(family: string, given: string): Reading<FullName> {
	const [familyName, givenName] = [readName(family), readName(given)];
	const problem = familyName.problem ?? givenName.problem;
	if (familyName.value === null || givenName.value === null)
		return problem ? { value: null, problem } : refusal('name_order');
	return { value: { familyName: familyName.value, givenName: givenName.value }, ...(problem && { problem }) };
}

/** Registers in capitals put the family name first; people writing plainly put it last. */
function guess(words: string[], allCapitals: boolean): Reading<FullName> {
	const familyEnd = words.findIndex((word) => !PARTICLES.has(word.toLowerCase())) + 1;
	const reading = allCapitals
		? both(words.slice(0, familyEnd).join(' '), words.slice(familyEnd).join(' '))
		: split(words, particleBefore(words, words.length - 1));
	if (!reading.value || reading.problem) return reading.problem ? reading : refusal('name_order');
	const { familyName, givenName } = reading.value;
	return doubt(reading.value, 'name_order', `${familyName}, ${givenName}`);
}

/** Where the family name starts once the particles before this word are taken with it; the first word is always given. */
function particleBefore(words: string[], at: number): number {
	let start = at;
	while (start > 1 && PARTICLES.has((words[start - 1] ?? '').toLowerCase())) start--;
	return start;
}

function refusal<T>(code: 'name_not_a_name' | 'name_order'): Reading<T> {
	return { value: null, problem: { code, fix: null, otherwise: 'refused' } };
}

function isCapitals(word: string): boolean {
	const plain = word.replace(/^Mc(?=\p{Lu})/u, '').replace(/^d['’]/, '');
	return /\p{Lu}.*\p{Lu}/u.test(plain) && plain === plain.toUpperCase();
}

/** Small particles and the c of McDONALD do not make a writing mixed. */
function isOneCase(written: string): boolean {
	const words = written.replace(/\bMc(?=\p{Lu}{2})/gu, 'MC').split(' ');
	const text = words.filter((word) => !SMALL.has(word)).join(' ');
	return text === text.toLowerCase() || (text === text.toUpperCase() && text.length > 1);
}

function setCase(text: string): string {
	// The dot of a capital İ would be left over the i.
	const words = text.toLowerCase().replaceAll('i\u0307', 'i').split(' ');
	return words
		.map((word, at) =>
			SMALL.has(word) && at < words.length - 1 ? word : word.split('-').map(capitalise).join('-'),
		)
		.join(' ');
}

/** D’Orsande keeps a small d; O’Brien, N’Guessan and L’Hermitte do not. */
function capitalise(word: string): string {
	const elided = /^(\p{L}{1,2})(['’])(\p{L}.*)$/u.exec(word);
	if (elided?.[3])
		return `${elided[1] === 'd' ? 'd' : upper(elided[1] ?? '')}${elided[2]}${upper(elided[3])}`;
	if (/^mc\p{L}{3}/u.test(word)) return `Mc${upper(word.slice(2))}`;
	return upper(word);
}

function upper(word: string): string {
	const [first = ''] = word;
	return first.toUpperCase() + word.slice(first.length);
}

/** Letters of two alphabets in one word: usually one letter passing for another. */
function mixesScripts(word: string): boolean {
	const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
	return scripts.filter((script) => script.test(word)).length > 1;
}
