import { frenchClocks } from '../clocks.ts';
import { type Catalogues, loadedCatalogues } from './catalogues.ts';
import { type DateStyle, formatDate, type Moment } from './dates.ts';
import type { FewMessages } from './few.ts';
import type { Address, EnglishForms, Forms, House, Language } from './house.ts';
import { lexicons } from './lexicons.ts';
import {
	type Compiled,
	compileMessage,
	type Setting,
	type Shown,
	type Value,
	type Values,
} from './message.ts';
import { noun, type Slot, slots } from './noun.ts';
import { formatList, formatNumber } from './numbers.ts';
import { frenchTypography } from './typography.ts';

export type { Catalogues } from './catalogues.ts';
export type { DateStyle, Moment } from './dates.ts';
export type { FewMessages } from './few.ts';
export * from './house.ts';
export { lexicons } from './lexicons.ts';
export type { Slot } from './noun.ts';

/** The name of a message: `domain.name`. */
export type Key = `${string}.${string}`;
export type Args = Record<string, string | number | Date | null>;

// words: app.* (general messages, for any page)

/** Everything that is said to people, in the manner of one organisation and the language of one person. */
export interface Words {
	language: Language;
	address: Address;
	/** The message with its values. `now` (a Date) sets the present; a key that nobody wrote gives itself. */
	say(key: Key, args?: Args): string;
	/** The same in full words, for accessible names: never a middle dot. */
	spoken(key: Key, args?: Args): string;
	/** A noun that comes from data, such as the name of a level: `noun(kind.forms, 'your_one')` is "ta section". */
	noun(forms: { fr: Forms; en: EnglishForms }, slot: Slot): string;
	number(n: number, options?: Intl.NumberFormatOptions): string;
	/** A day with its hour on other clocks than the organisation's says which. */
	date(date: Date, style: DateStyle, moment?: Moment): string;
	list(items: string[]): string;
	/** French spaces and apostrophes for text that the organisation wrote; nothing in English. */
	typography(text: string): string;
}

const slotName = new RegExp(`^(.+?)_(${slots.join('|')})$`);
const kept = new WeakMap<Catalogues, Map<string, Words>>();
const housesKept = 200;

/**
 * The words of an organisation, in its language unless another is given. Cheap to ask again for the same house:
 * messages are compiled the first time they are said and kept.
 */
export function wording(house: House, catalogues = loadedCatalogues(), language = house.language): Words {
	const known = kept.get(catalogues) ?? new Map<string, Words>();
	kept.set(catalogues, known);
	const key = language + JSON.stringify(house);
	const words = known.get(key) ?? createWords(house, catalogues, language);
	if (known.size > housesKept) known.clear();
	known.set(key, words);
	return words;
}

/** What a lexicon slot stands for, or nothing when the name is an ordinary argument. A capital gives a capital. */
function slotOf(house: House, language: Language) {
	return (name: string): string | undefined => {
		const [, entry, slot] = slotName.exec(name) ?? [];
		if (!entry || !slot) return undefined;
		const lower = entry.charAt(0).toLowerCase() + entry.slice(1);
		const forms = house.lexicon[lower] ?? (lexicons.association as House['lexicon'])[lower];
		if (!forms) return undefined;
		const words = noun(forms, slot as Slot, language, house);
		return lower === entry ? words : words.charAt(0).toUpperCase() + words.slice(1);
	};
}

function messageOf(key: string, catalogues: Catalogues, language: Language, address: Address): string {
	const polite = address === 'vous' ? catalogues['fr-vous'][key] : undefined;
	const french = polite ?? catalogues.fr[key];
	return (language === 'en' ? (catalogues.en[key] ?? french) : french) ?? key;
}

/** The texts of a few messages, in the language and manner of these words, for a script that says them (`few.ts`). */
export function fewMessages({ language, address }: Words, isWanted: (key: string) => boolean): FewMessages {
	const catalogues = loadedCatalogues();
	const keys = Object.keys(catalogues.fr).filter(isWanted);
	return {
		language,
		texts: Object.fromEntries(keys.map((key) => [key, messageOf(key, catalogues, language, address)])),
	};
}

/** How values are written inside messages: numbers and dates in the language, text exactly as it came. */
function shower(house: House, language: Language) {
	// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: cases of the language stand side by side, read as a table
	return ({ name, style }: Shown, values: Values): string => {
		const value: Value = name === 'house_name' ? (values[name] ?? house.name) : values[name];
		if (typeof value === 'string') return value;
		if (typeof value === 'number') return formatNumber(value, language);
		if (value === null) return '';
		if (value === undefined) return `{${name}}`;
		const now = values.now instanceof Date ? values.now : undefined;
		return formatDate(value, style as DateStyle, language, { timeZone: house.timeZone, now });
	};
}

/** The name of the clocks that a moment is told by, where they are not those of the organisation. */
function clockElsewhere({ timeZone = frenchClocks[0]!.zone }: House, moment?: Moment): Key | undefined {
	if (!moment?.timeZone || moment.timeZone === timeZone) return undefined;
	return frenchClocks.find(({ zone }) => zone === moment.timeZone)?.named;
}

function createWords(house: House, catalogues: Catalogues, language: Language): Words {
	const compiled = new Map<string, Compiled>();
	const setting: Setting = { language, slot: slotOf(house, language) };
	const show = shower(house, language);
	const none = {};
	const say = (key: Key, args?: Args): string => {
		let message = compiled.get(key);
		if (message === undefined) {
			message = compileMessage(messageOf(key, catalogues, language, house.address), setting);
			// A key that came from outside is answered, and not kept.
			if (Object.hasOwn(catalogues.fr, key)) compiled.set(key, message);
		}
		return typeof message === 'string' ? message : message(args ?? none, show);
	};
	const inFull: () => Words =
		house.inclusive === 'middot'
			? () => wording({ ...house, inclusive: 'doublets' }, catalogues, language)
			: () => words;
	const words: Words = {
		language,
		address: house.address,
		say,
		spoken: (key, args) => inFull().say(key, args),
		noun: (forms, slot) => noun(forms, slot, language, house),
		number: (n, options) => formatNumber(n, language, options),
		date: (date, style, moment) => {
			const when = formatDate(date, style, language, { timeZone: house.timeZone, ...moment });
			const place = style === 'dateTime' && clockElsewhere(house, moment);
			return place ? say('app.hour_elsewhere', { when, place: say(place) }) : when;
		},
		list: (items) => formatList(items, language),
		typography: (text) => (language === 'fr' ? frenchTypography(text) : text),
	};
	return words;
}
