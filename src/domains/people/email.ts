import * as v from 'valibot';
import { oneAddress } from '#platform/mail/address.ts';

const isAddress = (text: string) => {
	try {
		return Boolean(oneAddress(text));
	} catch {
		return false;
	}
};

/** Exactly one e-mail address, domain in lower case and punycode. */
export const Email = v.pipe(
	v.string('people.email_missing'),
	v.maxLength(400, 'people.email_shape'),
	v.transform((text) => text.normalize('NFC').trim()),
	v.nonEmpty('people.email_missing'),
	v.check((text) => !text || isAddress(text), 'people.email_shape'),
	v.transform(oneAddress),
);

/** The account's name: two spellings of one address are one person. */
export const emailKey = (email: string) => email.toLowerCase();

/** Mail providers of most people here; a domain one slip away from one of them is asked about. */
const providers = [
	'gmail.com',
	'orange.fr',
	'wanadoo.fr',
	'free.fr',
	'laposte.net',
	'sfr.fr',
	'neuf.fr',
	'hotmail.com',
	'hotmail.fr',
	'outlook.com',
	'outlook.fr',
	'live.fr',
	'yahoo.fr',
	'yahoo.com',
	'icloud.com',
	'bbox.fr',
	'protonmail.com',
	'proton.me',
	'gmx.fr',
	'numericable.fr',
	'mailo.com',
	'courrier.example',
	'rive.example',
];

/** The address that was probably meant ("gmial.com"), or null when nothing looks wrong. */
export function suggestEmail(email: string): string | null {
	const at = email.lastIndexOf('@');
	const domain = email.slice(at + 1).toLowerCase();
	if (providers.includes(domain)) return null;
	const meant = providers.find((provider) => isOneSlip(domain, provider));
	return meant ? email.slice(0, at + 1) + meant : null;
}

/** One letter missing, added, replaced, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
	if (Math.abs(a.length - b.length) > 1) return false;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start++;
	const [restA, restB] = [a.slice(start), b.slice(start)];
	const isSwap =
		restA.length > 1 && restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
	return isSwap || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
