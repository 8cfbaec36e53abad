/**
 * Writing systems. Used to refuse a word that mixes alphabets ("Mаrie" with a Cyrillic а), which only spoofing does.
 */

const NAMES =
	'Latin Greek Cyrillic Armenian Hebrew Arabic Syriac Thaana Nko Samaritan Mandaic Devanagari Bengali Gurmukhi ' +
	'Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Georgian Hangul Ethiopic ' +
	'Cherokee Canadian_Aboriginal Khmer Mongolian Tifinagh Hiragana Katakana Bopomofo Han Yi Vai Adlam ' +
	'Javanese Balinese Sundanese Meetei_Mayek Ol_Chiki Lisu Cham Bamum Osage Osmanya Chakma';
const SCRIPTS = NAMES.split(' ').map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);
const SHARED = /[\p{Script=Common}\p{Script=Inherited}]/u;

/** Scripts that one word legitimately mixes: Japanese, Chinese with Bopomofo, Korean with Hanja. */
const FAMILIES = [
	['Han', 'Hiragana', 'Katakana'],
	['Han', 'Bopomofo'],
	['Han', 'Hangul'],
];

/** True when all letters of the word belong to one writing system, shared signs (apostrophe, digits) aside. */
export function hasOneScript(word: string): boolean {
	const found = new Set([...word].filter((sign) => !SHARED.test(sign)).map(scriptOf));
	return found.size <= 1 || FAMILIES.some((family) => [...found].every((script) => family.includes(script)));
}

function scriptOf(sign: string): string {
	return SCRIPTS.find(([, pattern]) => pattern.test(sign))?.[0] ?? 'other';
}

/** Letters of other alphabets, digits and signs that the eye reads as a Latin letter. */
const LOOKALIKES: [string, string][] = [
	['аΑАᎪ', 'a'],
	['ВΒвᏴ', 'b'],
	['сСϲⅽᏟ', 'c'],
	['ԁⅾ', 'd'],
	['еЕΕєᎬ', 'e'],
	['ғϝ', 'f'],
	['ɡԍ', 'g'],
	['һНΗнհᎻ', 'h'],
	['іІΙιӀ1|!lⅰⅼίӏ', 'i'],
	['јЈᎫ', 'j'],
	['кКκΚᏦ', 'k'],
	['мМΜᎷ', 'm'],
	['ոΝпη', 'n'],
	['оОοΟσօ0Օ', 'o'],
	['рРρΡᏢ', 'p'],
	['ԛգ', 'q'],
	['гᏒ', 'r'],
	['ѕЅᏚ5$', 's'],
	['тТτΤᎢ', 't'],
	['υսцμ', 'u'],
	['νѵᏙ', 'v'],
	['ԝшωѡᎳ', 'w'],
	['хХχΧ×', 'x'],
	['уУγΥү', 'y'],
	['ΖᏃ', 'z'],
	['@', 'a'],
	['3', 'e'],
];
const TO_LATIN = new Map(
	LOOKALIKES.flatMap(([signs, latin]) => [...signs].map((sign) => [sign, latin] as const)),
);

/** Replaces each sign by the Latin letter it resembles. Capitals must be mapped before folding: В is b, в is also b. */
export function toLatinLook(text: string): string {
	return [...text].map((sign) => TO_LATIN.get(sign) ?? sign).join('');
}
