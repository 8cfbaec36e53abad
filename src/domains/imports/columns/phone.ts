import { cleanText, type Reading, unreadable } from './reading.ts';

/** French overseas territories: how national numbers start, and the country code they take. */
const OVERSEAS: readonly (readonly [RegExp, string])[] = [
	// numbers kept for fiction, although the range is that of Mayotte
	[/^63998/, '33'],
	[/^(590|69[01])/, '590'],
	[/^(594|694)/, '594'],
	[/^(596|69[67])/, '596'],
	[/^(262|263|269|639|69[23])/, '262'],
];

/**
 * Reads a telephone number of France or elsewhere into E.164 ("+33639980000").
 * Without a country, it is French; of two numbers, the mobile is kept. A forgotten first zero is put back.
 */
export function readPhone(cell: string): Reading<string> {
	// A spreadsheet's number: its decimals are not figures of it.
	const text = cleanText(cell).replace(/^(\d{9,})[.,]0+$/, '$1');
	if (text === '') return { value: null };
	if (/^\d([.,]\d+)?e\+\d+$/i.test(text)) return unreadable('number_spoilt');
	const readings = text.split(/\s*(?:[/;|,]|\bou\b|\bet\b)\s*(?=\+|0)/).map(readOne);
	const good = readings.filter(({ value }) => value !== null);
	return good.find(({ value }) => isMobile(value ?? '')) ?? good[0] ?? readings[0] ?? { value: null };
}

function readOne(text: string): Reading<string> {
	if (/\p{L}{2,}/u.test(text.replace(/^(tel|tél|port|mob|fixe)\w*[\s.:]*/iu, '')))
		return unreadable('phone_format');
	const signed = text
		.replace(/\(0\)/g, '')
		.replace(/[^\d+]/g, '')
		.replace(/^00/, '+');
	if (signed.startsWith('+')) return abroad(signed.slice(1).replace(/\+/g, ''));
	if (/^33[1-79]\d{8}$/.test(signed)) return french(signed.slice(2));
	if (/^0[1-9]\d{8}$/.test(signed)) return french(signed.slice(1));
	if (/^[1-79]\d{8}$/.test(signed)) return french(signed);
	return unreadable('phone_format');
}

function abroad(digits: string): Reading<string> {
	if (digits.startsWith('33')) {
		const national = digits.slice(2).replace(/^0/, '');
		return /^[1-9]\d{8}$/.test(national) ? french(national) : unreadable('phone_format');
	}
	return /^[1-9]\d{6,14}$/.test(digits) ? { value: `+${digits}` } : unreadable('phone_format');
}

/** @param national nine digits, without the first zero */
function french(national: string): Reading<string> {
	if (national.startsWith('8')) return unreadable('phone_special');
	if (/^(\d)\1{8}$/.test(national)) return unreadable('phone_format');
	if (national.startsWith('508')) return { value: `+${national}` };
	const country = OVERSEAS.find(([pattern]) => pattern.test(national))?.[1] ?? '33';
	return { value: `+${country}${national}` };
}

function isMobile(number: string): boolean {
	return /^\+(33[67]|590690|590691|594694|596696|596697|262639|26269[23])/.test(number);
}
