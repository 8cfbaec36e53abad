import { expect, test } from 'vitest';
import { lexiconFrom } from '../house.ts';
import { catalogueMessages } from './catalogues.ts';
import { type House, lexicons, wording } from './index.ts';
import { sampleValues } from './sample.ts';

/** Small words that give up their vowel before another; those that hang from a verb keep it. */
const unjoined =
	/(?<![\p{L}'’\-\u2011])(?:[jmtsnlcd]e|la|que|jusque|lorsque|puisque|si(?= il))\s(?=[aeiouyàâéèêëîïôûœ])/giu;
/** What begins with a vowel and is not joined, or stands for a date in a sample. */
const apart = /^(?:onze|oui|Ada|à quoi)/u;

const bases = Object.keys(lexicons) as (keyof typeof lexicons)[];
const manners = ['masculine', 'epicene', 'doublets', 'middot'] as const;

test.each(bases.flatMap((base) => manners.map((inclusive) => [base, inclusive] as const)))(
	'in the words of %s, written %s, no small word stands before a vowel as before a consonant',
	(base, inclusive) => {
		const house = {
			...{ name: 'Rive', language: 'fr', address: 'vous', inclusive },
			lexicon: lexiconFrom({ base }),
		} as House;
		const { say } = wording(house, undefined, 'fr');
		const odd = new Set<string>();
		for (const [key, message] of Object.entries(catalogueMessages('fr')))
			for (const values of sampleValues(message).slice(0, 8)) {
				const text = say(key as never, values as never);
				for (const { 0: found, index } of text.matchAll(unjoined)) {
					const after = text.slice(index + found.length);
					if (!apart.test(after)) odd.add(`${key}: …${found}${after.slice(0, 30)}`);
				}
			}
		expect([...odd]).toEqual([]);
	},
);
