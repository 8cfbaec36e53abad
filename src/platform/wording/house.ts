/** How an organisation wants to be spoken to and for: settings (data), never code. Treat every value as immutable. */

export type Address = 'tu' | 'vous';
export type Language = 'fr' | 'en';
export type Inclusive = 'epicene' | 'doublets' | 'middot' | 'masculine';

/**
 * A French noun with all its forms. `gender` is `f` or `m` when the noun never changes (its `_f` or `_m` forms are
 * used), `n` when it follows the person. Empty `_n` forms mean "no neutral word": the doublet is used instead.
 */
export type Forms = {
	one_f: string;
	one_m: string;
	one_n: string;
	many_f: string;
	many_m: string;
	many_n: string;
	gender: 'f' | 'm' | 'n';
	/** Grammatical gender of the neutral forms ("la personne …" is `f`); both articles when absent. */
	gender_n?: 'f' | 'm';
	/** Middle-dot forms, when they cannot be derived from the two others. */
	one_dot?: string;
	many_dot?: string;
	/** Whether the word refuses elision (h aspiré); guessed when absent. */
	aspirate?: boolean;
};

export type EnglishForms = {
	one: string;
	many: string;
	/** Forces "an" (true) or "a" (false); guessed when absent. */
	an?: boolean;
};

export type Lexicon = Record<string, { fr: Forms; en: EnglishForms }>;

export type House = {
	name: string;
	language: Language;
	address: Address;
	inclusive: Inclusive;
	lexicon: Lexicon;
	/** IANA name; Europe/Paris when absent. */
	timeZone?: string;
};

/** A noun that never changes gender, such as the name of a level. */
export function fixedForms(one: string, many: string, gender: 'f' | 'm'): Forms {
	return { one_f: one, one_m: one, one_n: one, many_f: many, many_m: many, many_n: many, gender };
}
