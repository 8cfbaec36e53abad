import type { Language } from './house.ts';

const locales = { fr: 'fr-FR', en: 'en-GB' };
const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(language: Language, options?: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = options ? language + JSON.stringify(options) : language;
	const known = formats.get(key);
	if (known) return known;
	const format = new Intl.NumberFormat(locales[language], options);
	formats.set(key, format);
	return format;
}

/** A number as it is read in the language; French thousands are kept together by a no-break space. */
export function formatNumber(n: number, language: Language, options?: Intl.NumberFormatOptions): string {
	// Counts are everywhere on a page, and most are small: nothing to group, nothing to ask.
	if (!options && Number.isInteger(n) && n >= 0 && n < 1000) return String(n);
	const text = numberFormat(language, options).format(n);
	return language === 'fr' ? text.replaceAll('\u202f', '\u00a0') : text;
}

const lists = {
	fr: new Intl.ListFormat('fr', { type: 'conjunction' }),
	en: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
};

/** "a, b et c". */
export function formatList(items: string[], language: Language): string {
	return lists[language].format(items);
}
