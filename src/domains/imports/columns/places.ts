import { cleanText, type Reading, unreadable } from './reading.ts';

/** Reads a postcode: "07 999", "F-07999", "7999" and "07999 Villebrume" give "07999". */
export function readPostcode(cell: string): Reading<string> {
	const text = cleanText(cell)
		.replace(/^f(r)?[\s-]+/i, '')
		.replace(/[.,]0+$/, '');
	if (text === '') return { value: null };
	const digits = /^(\d{2}[ .]?\d{3})(?!\d)/.exec(text)?.[1]?.replace(/\D/g, '');
	if (digits && digits !== '00000') return { value: digits };
	// the first zero that spreadsheets eat
	if (/^[1-9]\d{3}$/.test(text)) return { value: `0${text}` };
	const letters = text.replace(/[oO]/g, '0').replace(/[lI]/g, '1').replace(/\s/g, '');
	return unreadable('postcode_format', /^\d{5}$/.test(letters) && letters !== '00000' ? letters : null);
}

/** Reads the INSEE code of a commune: five characters, 2A and 2B included; X before those of an invented place. */
export function readCommuneCode(cell: string): Reading<string> {
	const text = cleanText(cell)
		.toUpperCase()
		.replace(/[.,]0+$/, '')
		.replace(/[\s.-]/g, '');
	if (text === '') return { value: null };
	if (/^[1-9]\d{3}$/.test(text)) return { value: `0${text}` };
	return /^(\d{5}|2[AB]\d{3}|X\d{5})$/.test(text) ? { value: text } : unreadable('commune_code_format');
}

/** Reads the name of a commune, without postcode or CEDEX. */
export function readCommune(cell: string): Reading<string> {
	const text = cleanText(cell)
		.replace(/^\d{5}\s+/, '')
		.replace(/\s+\(?(cedex|cdx)\b.*$/i, '')
		.replace(/\s*\(\d[\dAB]\d?\)$/, '')
		.trim();
	return text.length > 100 ? unreadable('text_too_long') : { value: text || null };
}

/** Reads a list of communes, by code or by name, each as written. */
export function readCommunes(cell: string): Reading<string[]> {
	const items = cell.split(/[;,|\n/]+/).flatMap((item) => {
		const text = cleanText(item);
		return readCommuneCode(text).value ?? readCommune(text).value ?? [];
	});
	return { value: items.length > 0 ? [...new Set(items)] : null };
}

/** Reads the address of a web site; https is put where nothing is said. */
export function readWebsite(cell: string): Reading<string> {
	const text = cleanText(cell);
	if (text === '') return { value: null };
	const full = /^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text}`;
	if (!/^https?:\/\/[^\s/@]+\.[^\s/@.]{2,}(\/\S*)?$/i.test(full) || !URL.canParse(full))
		return unreadable('website_format');
	return { value: full };
}
