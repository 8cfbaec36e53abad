import { fold } from '#platform/text/fold.ts';
import { common } from './common.ts';
import { written } from './hash.ts';

export const shortest = 15;
export const longest = 256;
const ownLetters = 8;

const leet: Record<string, string> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'@': 'a',
	$: 's',
	'!': 'i',
};
const runs = [
	'abcdefghijklmnopqrstuvwxyz',
	'azertyuiopqsdfghjklmwxcvbn',
	'qwertyuiopasdfghjklzxcvbnm',
	'01234567890123456789',
];

/**
 * Why a new password will not do, as a key of the catalogues, or null. Length decides (15 signs), not capitals or digits;
 * what leaks are full of, and what everybody knows of this person, counts for nothing. `known`: name, e-mail, organisation.
 */
export function weakness(
	password: string,
	known: readonly string[],
): 'people.password_short' | 'people.password_long' | 'people.password_common' | null {
	const length = [...written(password)].length;
	if (length < shortest) return 'people.password_short';
	if (length > longest) return 'people.password_long';
	return ownPart(password, known).length < ownLetters ? 'people.password_common' : null;
}

/** What is left of a password once the words of leaks, runs of keys and repetitions are taken out. */
function ownPart(password: string, known: readonly string[]): string {
	const plain = withoutRuns(fold(written(password)));
	const undone = plain.replace(/[013457@$!]/g, (sign) => leet[sign] ?? sign);
	const lefts = [plain, undone].map((text) =>
		withoutRepeats(withoutRuns(withoutWords(withoutSigns(text), known))),
	);
	return lefts.reduce((shorter, left) => (left.length < shorter.length ? left : shorter));
}

function withoutWords(text: string, known: readonly string[]): string {
	const personal = known
		.flatMap((word) => fold(word).split(/[^\p{L}\p{N}]+/u))
		.filter((word) => word.length > 2);
	const words = [...personal, ...common].toSorted((a, b) => b.length - a.length);
	return words.reduce((left, word) => left.replaceAll(word, ''), text);
}

const withoutSigns = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** Four keys or more that follow one another, either way. */
function withoutRuns(text: string): string {
	let left = text;
	for (const run of [...runs, ...runs.map((keys) => [...keys].toReversed().join(''))]) {
		for (let length = run.length; length >= 4; length--) {
			for (let at = 0; at + length <= run.length; at++)
				left = left.replaceAll(run.slice(at, at + length), '');
		}
	}
	return left;
}

/** "abcabcabc" is "abc"; "aaaa" is "a". */
const withoutRepeats = (text: string) => text.replace(/(.+?)\1+/gu, '$1');
