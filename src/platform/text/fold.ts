/**
 * Folding: how two spellings of one word are made equal, for search and comparison. Never shown to anyone.
 */

/** Letters that Unicode does not decompose but that people type without their stroke or ligature. */
const PLAIN: Record<string, string> = {
	œ: 'oe',
	æ: 'ae',
	ß: 'ss',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ı: 'i',
	ħ: 'h',
	ŋ: 'n',
	ŧ: 't',
	ɓ: 'b',
	ɗ: 'd',
	ƙ: 'k',
	ƴ: 'y',
	ɛ: 'e',
	ɔ: 'o',
	ə: 'e',
	ς: 'σ',
};
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');

/**
 * Accents are `Inherited` marks; Indic and Thai vowel signs belong to their script and must stay.
 * U+3099/309A (Japanese voicing) change the letter, so they stay too. Hebrew points are optional in writing.
 */
const ACCENT = /[[\p{Script=Inherited}--[\u3099\u309A]]\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7]/gv;
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;
const APOSTROPHE = /[’‘‛ʼʻʹʾʿ`´′＇]/g;
const HYPHEN = /[\p{Pd}−]/gu;

/** Lower case, no accent, œ→oe, one kind of apostrophe and hyphen, single spaces. Folding twice changes nothing. */
export function fold(text: string): string {
	const spaced = text.replace(APOSTROPHE, "'").replace(HYPHEN, '-').replace(/\s+/gu, ' ');
	const bare = unaccent(spaced.toLowerCase());
	return unaccent(bare.toLowerCase())
		.replace(PLAIN_LETTER, (letter) => PLAIN[letter] ?? letter)
		.replace(APOSTROPHE, "'")
		.replace(HYPHEN, '-')
		.replace(/\s+/gu, ' ')
		.trim()
		.normalize('NFC');
}

function unaccent(text: string): string {
	return text.normalize('NFKD').replace(INVISIBLE, '').replace(ACCENT, '');
}

/** One or two capitals for a portrait without picture: first letters of the first and last word. */
export function initials(name: string): string {
	const words = name.normalize('NFC').split(/\s+/u).flatMap(firstLetter);
	const first = words.at(0) ?? '';
	return words.length > 1 ? first + words.at(-1) : first;
}

const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' });

function firstLetter(word: string): string[] {
	for (const { segment } of graphemes.segment(word.slice(0, 200))) {
		if (/\p{L}/u.test(segment)) return [segment.toLocaleUpperCase('fr')];
	}
	return [];
}
