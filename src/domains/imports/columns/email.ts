import { cleanText, doubt, type Reading, unreadable } from './reading.ts';

const FORM = /^[^\s@,;:<>()[\]"\\]+@(?:[\p{L}\d](?:[\p{L}\d-]*[\p{L}\d])?\.)+\p{L}{2,}$/u;

/** Providers whose name people misspell. */
const PROVIDERS = [
	'gmail.com',
	'orange.fr',
	'wanadoo.fr',
	'hotmail.com',
	'hotmail.fr',
	'outlook.com',
	'outlook.fr',
	'yahoo.com',
	'yahoo.fr',
	'laposte.net',
	'icloud.com',
	'protonmail.com',
	'numericable.fr',
	'bbox.fr',
	'free.fr',
	'sfr.fr',
	'live.fr',
];

/** Real domains that resemble a provider. */
const REAL = new Set([
	...PROVIDERS,
	'ymail.com',
	'mail.com',
	'email.com',
	'gmx.com',
	'gmx.fr',
	'live.com',
	'hotmail.be',
	'yahoo.be',
	'yahoo.es',
	'yahoo.de',
	'hotmail.de',
	'hotmail.es',
	'hotmail.it',
	'yahoo.it',
	'hotmail.ch',
	'yahoo.ca',
	'hotmail.ca',
	'outlook.be',
	'outlook.de',
	'outlook.es',
	'icloud.fr',
	'orange.com',
	'orange.be',
	'free.com',
]);

/** Short or double mistakes that distance alone would not dare to correct. */
const KNOWN_MISTAKES: Readonly<Record<string, string>> = {
	'gmail.fr': 'gmail.com',
	'gmail.co': 'gmail.com',
	'gmail.cm': 'gmail.com',
	'gmal.com': 'gmail.com',
	'gmil.com': 'gmail.com',
	gmail: 'gmail.com',
	gmailcom: 'gmail.com',
	orange: 'orange.fr',
	orangefr: 'orange.fr',
	wanadoo: 'wanadoo.fr',
	wanadoofr: 'wanadoo.fr',
	freefr: 'free.fr',
	'fre.fr': 'free.fr',
	'ree.fr': 'free.fr',
	'feee.fr': 'free.fr',
	'frree.fr': 'free.fr',
	'srf.fr': 'sfr.fr',
	sfrfr: 'sfr.fr',
	'laposte.fr': 'laposte.net',
	'la-poste.net': 'laposte.net',
	'laposte.com': 'laposte.net',
	'wanadoo.com': 'wanadoo.fr',
};

/** Reads an e-mail address, in lower case. A likely slip comes with the address that was probably meant. */
export function readEmail(cell: string): Reading<string> {
	const text = cleanText(cell)
		.replace(/^mailto:/i, '')
		.replace(/^[^<]*<([^>]+)>$/, '$1')
		.toLowerCase();
	if (text === '') return { value: null };
	if (text.length > 254) return unreadable('email_format');
	if (FORM.test(text) && !hasBadDots(text)) {
		const domain = text.slice(text.lastIndexOf('@') + 1);
		const meant = meantDomain(domain);
		if (meant === domain && isPlainLocal(text)) return { value: text };
		const fix = withoutAccents(text.slice(0, -domain.length)) + meant;
		return doubt(text, 'email_typo', isPlainLocal(fix) ? fix : null);
	}
	return unreadable('email_format', mend(text));
}

const isPlainLocal = (text: string) => /^[\x21-\x7e]+$/.test(text.slice(0, text.lastIndexOf('@')));

function mend(text: string): string | null {
	const joined = text
		.replace(/\s*[([]at[)\]]\s*|\s+at\s+|\s+arobase\s+/g, '@')
		.replace(/\s+(dot|point)\s+/g, '.')
		.replace(/\s+/g, '')
		.replace(/@+/g, '@')
		.replace(/[,;:]/g, '.')
		.replace(/\.{2,}/g, '.')
		.replace(/\.?@\.?/g, '@')
		.replace(/^[.'"(<]+|[.'")>]+$/g, '');
	const [local = '', domain = '', ...more] = joined.split('@');
	const fixed = `${withoutAccents(local)}@${meantDomain(domain)}`;
	return more.length === 0 && FORM.test(fixed) && !hasBadDots(fixed) ? fixed : null;
}

function hasBadDots(text: string): boolean {
	return text.includes('..') || text.startsWith('.') || text.includes('.@');
}

function withoutAccents(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** The domain probably meant: itself most of the time. */
function meantDomain(domain: string): string {
	if (REAL.has(domain)) return domain;
	const known = KNOWN_MISTAKES[domain];
	if (known) return known;
	const ended = domain
		.replace(/\.(con|cmo|ocm|vom|xom|comm|coml)$/, '.com')
		.replace(/\.(ffr|frr|rf|fre)$/, '.fr');
	if (REAL.has(ended)) return ended;
	return PROVIDERS.find((provider) => provider.length >= 8 && isOneSlipAway(ended, provider)) ?? ended;
}

/** One letter added, forgotten, changed, or two swapped. */
function isOneSlipAway(written: string, meant: string): boolean {
	if (Math.abs(written.length - meant.length) > 1) return false;
	let start = 0;
	while (start < meant.length && written[start] === meant[start]) start++;
	const [rest, expected] = [written.slice(start), meant.slice(start)];
	const swapped = `${expected[1] ?? ''}${expected[0] ?? ''}${expected.slice(2)}`;
	return (
		rest.slice(1) === expected.slice(1) ||
		rest.slice(1) === expected ||
		rest === expected.slice(1) ||
		rest === swapped
	);
}
