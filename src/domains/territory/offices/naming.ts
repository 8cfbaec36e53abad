import * as v from 'valibot';
import { invalid, type Problem } from '#platform/errors.ts';
import { fold } from '#platform/text/fold.ts';
import type { Noun } from '../blueprint.ts';

const word = v.pipe(
	v.optional(v.string(), ''),
	v.normalize('NFC'),
	v.trim(),
	v.maxLength(60, 'territory.kind_word_too_long'),
	v.regex(/^[^\p{Cc}\p{Cf}{}<>]*$/u, 'territory.kind_word_signs'),
);

/** The forms of a noun, as typed: one and many, for women and for men, and the gender it takes. */
export const nounFields = {
	gender: v.picklist(['f', 'm', 'n'], 'territory.kind_choose_gender'),
	one_f: word,
	many_f: word,
	one_m: word,
	many_m: word,
	one_n: word,
	many_n: word,
	en_one: word,
	en_many: word,
};

type Typed = v.InferOutput<ReturnType<typeof nounSchema>>;
const nounSchema = () => v.object(nounFields);

/**
 * The noun that was typed; what is left empty in English is said as in French. Throws Invalid at each form that its gender needs
 * and that is missing.
 */
export function nounFrom(typed: Typed): Noun {
	const needed: (keyof Typed)[] = [];
	if (typed.gender !== 'm') needed.push('one_f', 'many_f');
	if (typed.gender !== 'f') needed.push('one_m', 'many_m');
	const missing: Problem[] = needed
		.filter((field) => !typed[field])
		.map((field) => ({ field, key: 'territory.kind_word_missing', args: { form: field } }));
	if (missing.length) throw invalid(missing);
	const [f, m] = [
		{ one: typed.one_f, many: typed.many_f },
		{ one: typed.one_m, many: typed.many_m },
	];
	const women = typed.gender === 'm' ? m : f;
	const men = typed.gender === 'f' ? f : m;
	const neutral = typed.gender === 'n' ? { one: typed.one_n, many: typed.many_n } : women;
	return {
		fr: {
			one_f: women.one,
			many_f: women.many,
			one_m: men.one,
			many_m: men.many,
			one_n: neutral.one,
			many_n: neutral.many,
			gender: typed.gender,
		},
		en: {
			one: typed.en_one || men.one,
			many: typed.en_many || (typed.en_one ? `${typed.en_one}s` : men.many),
		},
	};
}

/** A plain key from a name: "Responsable du site" → "responsable_du_site". */
export const keyFrom = (name: string) =>
	fold(name)
		.normalize('NFD')
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_+|_+$/g, '')
		.slice(0, 40) || 'sans_nom';
