/**
 * Notices private details in a text about to be published, so that the page may ask "really?". It never blocks and
 * never stores what it saw.
 */

export type Personal = { kind: 'phone' | 'email' | 'address'; found: string; at: number };

const LOOKED_AT = 10_000;
const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}/gu;
/** French and international numbers: groups of digits with spaces, dots, dashes, slashes or "(0)". */
const PHONE =
	/(?<![\p{L}\d/=.-])(?:(?:\+|00)[1-9]\d{0,2}[ .\u00A0\u202F-]?(?:\(0\)[ .\u00A0\u202F-]?)?|0)[1-9](?:[ .\u00A0\u202F/-]?\d){6,11}(?![\d\p{L}])/gu;
const STREET =
	'rue|avenue|av\\.?|boulevard|bd\\.?|place|pl\\.?|chemin|ch\\.|impasse|imp\\.|all[ée]es?|route|quai|square|cours|passage|lotissement|r[ée]sidence|sentier|venelle|mont[ée]e|faubourg|esplanade|hameau|cit[ée]|villa';
const ADDRESS = new RegExp(
	`(?<![\\p{L}\\d])\\d{1,4} ?(?:bis|ter|quater|[a-d])?,? {1,2}(?:${STREET}) {1,2}[\\p{L}\\d][^\\n,;.!?]{1,60}`,
	'giu',
);

/** Telephone numbers, e-mail and postal addresses found, in reading order. Looks at the first 10 000 characters. */
export function detectPersonal(text: string): Personal[] {
	const looked = text.slice(0, LOOKED_AT).replace(/[\u00A0\u202F]/g, ' ');
	const found = [
		...matches('email', EMAIL, looked),
		...matches('phone', PHONE, looked).filter(({ found }) => isPhone(found)),
		...matches('address', ADDRESS, looked),
	];
	return found.sort((a, b) => a.at - b.at);
}

function matches(kind: Personal['kind'], pattern: RegExp, text: string): Personal[] {
	return [...text.matchAll(pattern)].map((match) => ({ kind, found: match[0].trim(), at: match.index }));
}

function isPhone(found: string): boolean {
	const digits = found.replace(/\(0\)|\D/g, '');
	return found.startsWith('+') || found.startsWith('00') ? digits.length >= 9 : digits.length === 10;
}
