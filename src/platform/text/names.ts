import { fold } from './fold.ts';
import { hasOneScript, toLatinLook } from './scripts.ts';

export const NAME_MAX = 80;
const RAW_MAX = 2_000;
const MARKS_MAX = 4;

export type NameProblemCode = 'empty' | 'too_long' | 'mixed_scripts' | 'address';

/** Why a name was refused. `code` is also the wording key. */
export class NameProblem extends Error {
	readonly code: NameProblemCode;
	constructor(code: NameProblemCode) {
		super(`name refused: ${code}`);
		this.name = 'NameProblem';
		this.code = code;
	}
}

/** Mathematical, full-width and circled letters: costumes of ordinary ones, never a true name. */
const COSTUME = /[\u2460-\u24FF\uFF00-\uFFEF\u{1D400}-\u{1D7FF}\u{1F100}-\u{1F1AC}]+/gu;
/** Joiners spell Persian and Indic names (علی‌رضا, ශ්‍රී): kept between two signs of such a script, dropped elsewhere. */
const JOINED = 'Arab Syrc Mong Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr'
	.split(' ')
	.map((script) => `\\p{scx=${script}}`)
	.join('');
const JOINER = new RegExp(
	`(?<![[\\p{L}\\p{M}]&&[${JOINED}]])[\\u200C\\u200D]|[\\u200C\\u200D](?![\\p{L}\\p{M}])`,
	'gv',
);
/** Controls, direction marks, invisible fillers, unassigned; pictures and ticks, which imitate the officers' mark. */
const UNWANTED =
	/[[\p{C}--[\u200C\u200D]]\p{So}\p{Extended_Pictographic}\p{Variation_Selector}\u115F\u1160\u3164\uFFA0\u034F\u20D0-\u20FF\u{1F3FB}-\u{1F3FF}\u221A\u2713\u2714]/gv;
const PILED_MARKS = new RegExp(`(\\p{M}{${MARKS_MAX}})\\p{M}+`, 'gu');
/** What a mail program makes a link of, or a tag: a name is in every mail of whom it invites. */
const ADDRESS = /[<>@\\]|:\/\/|\bwww\.|\p{L}{3}\.\p{Ll}{2,}(?![\p{L}\p{M}'’-])/u;
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{Nd}\u200C\u200D]+/u;
const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' });

/**
 * The name as stored and shown: NFC, without invisible or pictorial signs, single spaces, 1 to 80 graphemes,
 * one alphabet per word, nothing that reads as an address. Throws {@link NameProblem}. It judges spelling only: no true name is refused.
 */
export function cleanName(raw: string): string {
	if (raw.length > RAW_MAX) throw new NameProblem('too_long');
	const name = withoutUnwanted(raw);
	if (!/\p{L}/u.test(name)) throw new NameProblem('empty');
	if (ADDRESS.test(name)) throw new NameProblem('address');
	if ([...graphemes.segment(name)].length > NAME_MAX) throw new NameProblem('too_long');
	if (!name.split(BETWEEN_WORDS).every(hasOneScript)) throw new NameProblem('mixed_scripts');
	return name;
}

function withoutUnwanted(raw: string): string {
	return raw
		.replace(/[\s\u2028\u2029]+/gu, ' ')
		.replace(COSTUME, (letters) => letters.normalize('NFKC'))
		.replace(UNWANTED, '')
		.replace(/[\u200C\u200D]+/g, (run) => run.charAt(0))
		.replace(JOINER, '')
		.normalize('NFC')
		.replace(PILED_MARKS, '$1')
		.replace(/ +/g, ' ')
		.trim();
}

/** Shortest letter count at which one differing letter still counts as looking alike. */
const NEAR_MIN = 8;

/**
 * True when the eye may take one name for the other: other alphabets, accents, case, word order, doubled or
 * single differing letter. Serves to put the "unverified" mark on names like an officer's, never to refuse.
 */
export function looksLike(a: string, b: string): boolean {
	const left = skeleton(a);
	const right = skeleton(b);
	if (left.join('') === '' || right.join('') === '') return false;
	if (left.join('') === right.join('')) return true;
	const [one, other] = [[...left].sort().join(''), [...right].sort().join('')];
	return one === other || (Math.min(one.length, other.length) >= NEAR_MIN && oneApart(one, other));
}

/** How a name looks, whatever its alphabet, accents, case, doubled letters and word order; equal looks are confused. */
export const lookOf = (name: string): string => skeleton(name).toSorted().join(' ');

function skeleton(name: string): string[] {
	const latin = fold(toLatinLook(name.normalize('NFKD')));
	return toLatinLook(latin)
		.replace(/rn/g, 'm')
		.replace(/vv/g, 'w')
		.split(/[\s-]+/u)
		.map((word) => word.replace(/[^\p{L}\p{M}]/gu, '').replace(/(.)\1+/gu, '$1'))
		.filter((word) => word !== '');
}

/** At most one insertion, removal or replacement between two texts. */
function oneApart(a: string, b: string): boolean {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	if (long.length - short.length > 1) return false;
	let at = 0;
	while (at < short.length && short[at] === long[at]) at++;
	const rest = short.length === long.length ? short.slice(at + 1) : short.slice(at);
	return rest === long.slice(at + 1);
}
