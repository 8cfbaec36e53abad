import { isId } from '#platform/ids.ts';
import { fingerprint } from '#platform/seal.ts';

/** Signs that are not taken for one another when read aloud or typed (Crockford). */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const short = (use: string, text: string, length: number) =>
	[...Buffer.from(fingerprint(use, text), 'base64url').subarray(0, length)]
		.map((byte) => signs[byte % 32])
		.join('');

/** The first signs of every code of an event: another's are told from a slip of the finger. */
const tagOf = (eventId: string) => short('event', eventId, 2);

/**
 * The code of one person (or visitor) at the door of one event: nine signs, `K7M-2QX-4ZR`. Signed with a key outside
 * the database: nobody makes one, and that of an event says nothing at another.
 */
export function doorCode(eventId: string, whoId: string): string {
	const code = tagOf(eventId) + short('event door', `${eventId} ${whoId}`, 7);
	return code.replace(/(...)(?!$)/g, '$1-');
}

/** Where a scanned code leads. */
export const doorAddress = (origin: string, eventId: string, code: string) =>
	`${origin}/evenements/${eventId}/accueil?code=${code}`;

/** What was scanned or typed at the door of an event: its code in one writing; `other` when it is of another event; null when it is no code. */
export function readCode(eventId: string, typed: string): string | 'other' | null {
	const url = URL.parse(typed.trim());
	const ofEvent = url && /\/evenements\/([^/]+)\/accueil$/.exec(url.pathname)?.[1];
	if (url && !ofEvent) return null;
	if (ofEvent && isId(ofEvent) && ofEvent !== eventId) return 'other';
	const text = (url ? (url.searchParams.get('code') ?? '') : typed)
		.toUpperCase()
		.replace(/[IL]/g, '1')
		.replaceAll('O', '0')
		.replace(/[\s-]/g, '');
	if (text.length !== 9 || [...text].some((sign) => !signs.includes(sign))) return null;
	return text.startsWith(tagOf(eventId)) ? text.replace(/(...)(?!$)/g, '$1-') : 'other';
}
