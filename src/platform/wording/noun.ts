import type { Address, EnglishForms, Forms, Inclusive, Language } from './house.ts';

/** What a message may ask of a noun; README.md shows what each one gives. */
export const slots = [
	'your_one',
	'de_many',
	'one',
	'many',
	'a',
	'the',
	'de',
	'of',
	'to',
	'this',
	'no',
	'my',
	'your',
] as const;
export type Slot = (typeof slots)[number];
export type Manner = { inclusive: Inclusive; address: Address };

type Reading = { word: string; gender: 'f' | 'm' | 'both' };

const aspirated =
	/^(?:hameau|handicap|harcel|hasard|haut|héros|hiérarch|hors|huit|hurl|hache|halte|hangar|hausse|onz|oui|y[aeou])/i;

function elides(word: string, forms: Forms): boolean {
	return /^[aeiouyhàâäéèêëîïôöùûüœæ]/i.test(word) && !(forms.aspirate ?? aspirated.test(word));
}

function sharedStart(a: string, b: string): number {
	let length = 0;
	while (length < a.length && a[length] === b[length]) length++;
	return length;
}

/** "voisin" and "voisine" give "voisin·e"; nothing when the two words do not begin alike. */
function dotted(masculine: string, feminine: string): string | undefined {
	if (masculine === feminine) return masculine;
	const start = sharedStart(masculine, feminine);
	return start < 3 ? undefined : `${masculine}·${feminine.slice(start)}`;
}

function doublet(masculine: string, feminine: string): Reading[] {
	if (masculine === feminine) return [{ word: masculine, gender: 'both' }];
	return [
		{ word: masculine, gender: 'm' },
		{ word: feminine, gender: 'f' },
	];
}

function singular(forms: Forms, inclusive: Inclusive): Reading[] {
	const both = doublet(forms.one_m, forms.one_f);
	if (forms.gender !== 'n') return [{ word: forms[`one_${forms.gender}`], gender: forms.gender }];
	if (inclusive === 'masculine') return [{ word: forms.one_m, gender: 'm' }];
	const dot = forms.one_dot ?? dotted(forms.one_m, forms.one_f);
	if (inclusive === 'middot' && dot) return [{ word: dot, gender: 'both' }];
	if (inclusive === 'epicene' && forms.one_n)
		return [{ word: forms.one_n, gender: forms.gender_n ?? 'both' }];
	return both;
}

function plural(forms: Forms, inclusive: Inclusive): string[] {
	if (forms.gender !== 'n') return [forms[`many_${forms.gender}`]];
	if (inclusive === 'masculine') return [forms.many_m];
	if (inclusive === 'middot') return dottedPlural(forms);
	if (inclusive === 'epicene' && forms.many_n) return [forms.many_n];
	return doublet(forms.many_m, forms.many_f).map(({ word }) => word);
}

function dottedPlural(forms: Forms): string[] {
	if (forms.many_dot) return [forms.many_dot];
	const one = dotted(forms.one_m, forms.one_f);
	const regular = forms.many_m === `${forms.one_m}s` && forms.many_f === `${forms.one_f}s`;
	if (one && regular) return [`${one}s`];
	return doublet(forms.many_m, forms.many_f).map(({ word }) => word);
}

/** The French determiner with its trailing space, or elided without one. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: cases of the language stand side by side, read as a table
function determiner(slot: Slot, feminine: boolean, elided: boolean, address: Address): string {
	if (slot === 'a') return feminine ? 'une ' : 'un ';
	if (slot === 'the') return elided ? 'l’' : feminine ? 'la ' : 'le ';
	if (slot === 'de') return elided ? 'd’' : 'de ';
	if (slot === 'of') return elided ? 'de l’' : feminine ? 'de la ' : 'du ';
	if (slot === 'to') return elided ? 'à l’' : feminine ? 'à la ' : 'au ';
	if (slot === 'this') return feminine ? 'cette ' : elided ? 'cet ' : 'ce ';
	if (slot === 'no') return feminine ? 'aucune ' : 'aucun ';
	if (slot !== 'your_one') return '';
	if (address === 'vous') return 'votre ';
	return feminine && !elided ? 'ta ' : 'ton ';
}

function french(forms: Forms, slot: Slot, { inclusive, address }: Manner): string {
	const many = plural(forms, inclusive);
	if (slot === 'many') return many.join(' et ');
	if (slot === 'my') return `mes ${many.join(' et ')}`;
	if (slot === 'your') return `${address === 'tu' ? 'tes' : 'vos'} ${many.join(' et ')}`;
	if (slot === 'de_many') return many.map((word) => (elides(word, forms) ? 'd’' : 'de ') + word).join(' et ');
	return singular(forms, inclusive)
		.map((reading) => determined(reading, slot, forms, address))
		.join(' ou ');
}

/** Pairs such as "un ou une élève" when one word serves both genders. */
function determined({ word, gender }: Reading, slot: Slot, forms: Forms, address: Address): string {
	const elided = elides(word, forms);
	const feminine = determiner(slot, true, elided, address);
	const masculine = determiner(slot, false, elided, address);
	if (gender === 'f') return feminine + word;
	if (gender === 'm' || feminine === masculine) return masculine + word;
	return `${masculine}ou ${feminine}${word}`;
}

function english({ one, many, an }: EnglishForms, slot: Slot): string {
	const vowel = an ?? /^(?:[aeio]|u(?!ni|se|ti)|hono|hour)/i.test(one);
	const phrases: Record<Slot, string> = {
		one,
		many,
		a: `${vowel ? 'an' : 'a'} ${one}`,
		the: `the ${one}`,
		de: `of ${one}`,
		of: `of the ${one}`,
		to: `to the ${one}`,
		this: `this ${one}`,
		no: `no ${one}`,
		my: `my ${many}`,
		your: `your ${many}`,
		your_one: `your ${one}`,
		de_many: `of ${many}`,
	};
	return phrases[slot];
}

/** The phrase a slot stands for, in the manner the organisation chose. */
export function noun(
	forms: { fr: Forms; en: EnglishForms },
	slot: Slot,
	language: Language,
	manner: Manner,
): string {
	return language === 'fr' ? french(forms.fr, slot, manner) : english(forms.en, slot);
}
