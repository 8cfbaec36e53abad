import { catalogueMessages } from '#platform/wording/catalogues.ts';
import {
	type Args,
	type House,
	type Key,
	type Language,
	type Slot,
	wording,
} from '#platform/wording/index.ts';
import { sampleValues } from '#platform/wording/sample.ts';

/** One phrase of the house, before and after a change; `isSame` when the change leaves it alone. */
export interface Phrase {
	language: Language;
	before: string;
	after: string;
	isSame: boolean;
	/** The turn of phrase, for a noun alone. */
	slot?: Slot;
}

const slots: readonly Slot[] = ['a', 'the', 'of', 'many', 'de_many', 'my', 'your_one', 'no'];
const sentencesShown = 6;

/** How a noun sounds in the phrases that sentences are made of, in both languages. */
export function nounPhrases(entry: string, before: House, after: House): Phrase[] {
	return (['fr', 'en'] as const).flatMap((language) => {
		const [was, is] = [wording(before, undefined, language), wording(after, undefined, language)];
		return slots.map((slot) => ({
			slot,
			...phrase(language, was.noun(before.lexicon[entry]!, slot), is.noun(after.lexicon[entry]!, slot)),
		}));
	});
}

/** True sentences of the program that say this noun, the shortest first. */
export function sentencesWith(entry: string, before: House, after: House): Phrase[] {
	const says = new RegExp(`\\{${entry}_`, 'i');
	return (['fr', 'en'] as const).flatMap((language) =>
		said(language, before, after, (message) => says.test(message)),
	);
}

/** True sentences of the program that a change of manner changes. */
export function sentencesChanged(before: House, after: House): Phrase[] {
	const language = after.language;
	const all = keysOf(language, () => true).map((key) => rendered(key, language, before, after));
	const changed = all.filter((one) => !one.isSame && one.before.length > 20);
	return changed.toSorted((a, b) => a.after.length - b.after.length).slice(0, sentencesShown * 2);
}

function said(
	language: Language,
	before: House,
	after: House,
	wanted: (message: string) => boolean,
): Phrase[] {
	const phrases = keysOf(language, wanted).map((key) => rendered(key, language, before, after));
	const heard = new Map(phrases.map((one) => [one.before, one]));
	return [...heard.values()].filter(({ before: text }) => text.includes(' ')).slice(0, sentencesShown);
}

function keysOf(language: Language, wanted: (message: string) => boolean): Key[] {
	const messages = Object.entries(catalogueMessages(language)).filter(([, message]) => wanted(message));
	return messages.toSorted(([, a], [, b]) => a.length - b.length).map(([key]) => key as Key);
}

function rendered(key: Key, language: Language, before: House, after: House): Phrase {
	const args = sampleValues(catalogueMessages(language)[key] ?? '').at(-1) as Args | undefined;
	// A change of the first language shows how the pages were said, and how they will be.
	const was = wording(before, undefined, before.language === after.language ? language : before.language);
	return phrase(language, was.say(key, args), wording(after, undefined, language).say(key, args));
}

const phrase = (language: Language, before: string, after: string): Phrase => ({
	language,
	before,
	after,
	isSame: before === after,
});
