import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName, looksLike, NAME_MAX, NameProblem } from './names.ts';
import { TRUE_NAMES } from './true-names.fixture.ts';

const wild = fc.string({ unit: 'binary', maxLength: 120 });
const segmenter = new Intl.Segmenter('fr', { granularity: 'grapheme' });

function codeOf(raw: string): string {
	try {
		cleanName(raw);
		return 'accepted';
	} catch (problem) {
		return problem instanceof NameProblem ? problem.code : 'crashed';
	}
}

describe('true names', () => {
	it('are at least 500, from many writing systems', () => {
		expect(new Set(TRUE_NAMES).size).toBeGreaterThanOrEqual(500);
	});

	it('are never refused', () => {
		expect(TRUE_NAMES.filter((name) => codeOf(name) !== 'accepted')).toEqual([]);
	});

	it('keep every letter: only spaces, composition and width may change', () => {
		const letters = (name: string) =>
			name.normalize('NFKC').replace(/[^\p{L}\p{M}]|[\u{E0100}-\u{E01EF}]/gu, '');
		expect(TRUE_NAMES.filter((name) => letters(cleanName(name)) !== letters(name))).toEqual([]);
	});

	it('keep the joiners that spell Persian, Sinhala and Malayalam names', () => {
		for (const name of ['علی‌رضا', 'ශ්‍රී', 'ക്രിസ്‌റ്റീന']) expect(cleanName(name)).toBe(name);
	});
});

describe('a name that hides or disguises', () => {
	it.each([
		['\u202Eeiram', 'eiram'],
		['Ma\u200Brie', 'Marie'],
		['Ma\u00ADrie\u2060\uFEFF', 'Marie'],
		['Ma\u200Drie', 'Marie'],
		['Marie\r\nBcc: x', 'Marie Bcc: x'],
		['Marie\u0000\u001b[31m', 'Marie[31m'],
		['Marie ✔️', 'Marie'],
		['Marie ✅🏅', 'Marie'],
		['\u{1D40C}\u{1D41A}\u{1D42B}\u{1D422}\u{1D41E}', 'Marie'],
		['Ｍａｒｉｅ', 'Marie'],
		['Mari\u{E0065}e', 'Marie'],
		['  Marie \t Curie\u2028', 'Marie Curie'],
		['\u3164Marie\u115F', 'Marie'],
		['e\u0301e', 'ée'],
	])('%j is stored as %j', (raw, clean) => expect(cleanName(raw)).toBe(clean));

	it.each(['', '   ', '\u200B\u202E', '…', '12', '✔', '\u3164', '\uD800', '👩‍👩‍👧'])('%j is empty', (raw) =>
		expect(codeOf(raw)).toBe('empty'),
	);

	it.each(['Mаrie', 'Jeаn-Paul', 'Νicolas', 'Pаypal Dupont', 'Annаbel', 'Hеnri', 'ꓟarie', 'Յean', 'Ꮇarie'])(
		'%j mixes alphabets within a word',
		(raw) => expect(codeOf(raw)).toBe('mixed_scripts'),
	);

	it.each([
		'http://evil.example',
		'www.gagne.fr',
		'lou@evil.example',
		'Prix sur evil.example',
		'<b>Lou</b>',
		'a\\b c',
	])('%j is no name: the mails of whom it invites would lead there', (raw) =>
		expect(codeOf(raw)).toBe('address'),
	);

	it.each([
		'J.R.R. Tolkien',
		'J.-P. Martin',
		'J.pierre Martin',
		'Ma.Teresa Cruz',
		'St. John',
		'Dupont Jr.',
		'Marie C.',
	])('%j is one, with its dots', (raw) => expect(cleanName(raw)).toBe(raw));

	it('piles at most four marks on a letter', () => {
		expect(cleanName(`Z${'\u0316'.repeat(300)}algo`)).toBe(`Z${'\u0316'.repeat(4)}algo`);
	});

	it('is measured in graphemes', () => {
		expect(codeOf('é'.repeat(NAME_MAX))).toBe('accepted');
		expect(codeOf('e\u0301'.repeat(NAME_MAX))).toBe('accepted');
		expect(codeOf('a'.repeat(NAME_MAX + 1))).toBe('too_long');
		expect(codeOf(`Zoé${'\u200B'.repeat(1_000_000)}`)).toBe('too_long');
	});
});

describe('any text at all', () => {
	it('gives a clean name or a named problem, and cleaning twice changes nothing', () => {
		fc.assert(
			fc.property(wild, (raw) => {
				const code = codeOf(raw);
				expect(code).not.toBe('crashed');
				if (code !== 'accepted') return;
				const name = cleanName(raw);
				expect(cleanName(name)).toBe(name);
				expect(name).not.toMatch(/[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069\u200B\uFEFF]|^\s|\s$|\s\s/u);
				expect(name).toBe(name.normalize('NFC'));
				expect([...segmenter.segment(name)].length).toBeLessThanOrEqual(NAME_MAX);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('a name like an officer’s', () => {
	it.each([
		['Marie Dupont', 'Маrie Duроnt'],
		['Marie Dupont', 'ΜΑRΙΕ DUPONT'],
		['Marie Dupont', 'Dupont Marie'],
		['Marie Dupont', 'Marié  Dupònt'],
		['Marie Dupont', 'Marie Duppont'],
		['Marie Dupont', 'Marie Dupond'],
		['Marie Dupont', 'Marie-Dupont.'],
		['Lionel Clement', 'l1onel CIément'],
		['Carine Vernet', 'Cаnne Vemet'.replace('nne', 'rine')],
		['Łukasz Żak', 'Lukasz Zak'],
		['Œuvrard', 'OEUVRARD'],
	])('%s is recognised in %s', (a, b) => expect(looksLike(a, b)).toBe(true));

	it.each([
		['Marie Dupont', 'Marie Durand'],
		['Marie Dupont', 'Jeanne Dupont'],
		['Li Na', 'Li Ma'],
		['Νίκος', 'Χρήστος'],
		['王小明', '王大明'],
		['', ''],
	])('%s is not taken for %s', (a, b) => expect(looksLike(a, b)).toBe(false));

	it('is symmetrical and reflexive, and rare between true names', () => {
		const pick = fc.constantFrom(...TRUE_NAMES);
		fc.assert(fc.property(pick, pick, (a, b) => looksLike(a, b) === looksLike(b, a) && looksLike(a, a)));
		const latin = TRUE_NAMES.filter((name) => /^\p{Script=Latin}/u.test(name));
		const alike = latin.flatMap((a, at) => latin.slice(at + 1).filter((b) => looksLike(a, b)));
		expect(alike.length).toBeLessThanOrEqual(6);
	});
});
