import { randomBytes } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { fingerprint } from '#platform/seal.ts';
import type { Words } from '#platform/wording/index.ts';
import { emailKey } from './email.ts';

/** Where a request comes from, as far as throttles and the list of devices need to know. */
export interface Whence {
	ip: string;
	/** "Firefox, Android": enough to recognise one's own device. */
	device: string;
	/** What this browser was given at earlier sign-ins; see `knownDevice`. */
	pass: string | null;
	/** Of the pages they read: their mails will speak it. */
	language: 'fr' | 'en';
}

const passCookie = (url: URL) => (url.protocol === 'https:' ? '__Host-device' : 'device');

/** Reads where a request comes from. */
export function whenceOf({ getClientAddress, request, cookies, url, locals }: RequestEvent): Whence {
	return {
		ip: getClientAddress(),
		device: nameDevice(request.headers.get('user-agent') ?? ''),
		pass: cookies.get(passCookie(url)) ?? null,
		language: (locals as { words: Words }).words.language,
	};
}

/** The neighbourhood of an address, which one attacker can rent whole: /24, or /48 in IPv6. */
export function networkOf(ip: string): string {
	const v4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(ip)?.[1];
	return v4 ?? ip.split(':').slice(0, 3).join(':');
}

/** Browser and system in words; unknown ones are not guessed. */
export function nameDevice(agent: string): string {
	const browsers = [
		['Edg', 'Edge'],
		['OPR', 'Opera'],
		['SamsungBrowser', 'Samsung'],
		['Firefox', 'Firefox'],
		['FxiOS', 'Firefox'],
		['Chrome', 'Chrome'],
		['CriOS', 'Chrome'],
		['Safari', 'Safari'],
	];
	const systems = [
		['Android', 'Android'],
		['iPhone', 'iPhone'],
		['iPad', 'iPad'],
		['Windows', 'Windows'],
		['Macintosh', 'Mac'],
		['CrOS', 'ChromeOS'],
		['Linux', 'Linux'],
	];
	const nameIn = (list: string[][]) => list.find(([mark]) => agent.includes(mark!))?.[1];
	return [nameIn(browsers), nameIn(systems)].filter(Boolean).join(', ');
}

const signature = (email: string, nonce: string) => fingerprint('device', `${emailKey(email)} ${nonce}`);
const signatureOf = (account: string, nonce: string) => fingerprint('device', `account ${account} ${nonce}`);

/**
 * The pass a browser keeps after a sign-in. It opens nothing: it only puts the owner's tries in a bucket of their own,
 * so that nobody can lock them out by filling the account's, and spares them the mail about a new browser. Signed for the address
 * and, where it is known, for the account itself (`accountMark`), which an address may change.
 */
export function passFor(email: string, account?: string): string {
	const nonce = randomBytes(12).toString('base64url');
	return [nonce, signature(email, nonce), ...(account ? [signatureOf(account, nonce)] : [])].join('.');
}

/** A browser may serve a household: the passes of as many accounts, the last who came first. */
const accountsAtMost = 5;
const passesIn = (pass: string | null | undefined) => (pass ?? '').split('~', accountsAtMost);

function isOf(email: string, pass: string): boolean {
	const [nonce, signed] = pass.split('.');
	return Boolean(nonce && signed && signature(email, nonce) === signed);
}

function isFor(account: string, pass: string): boolean {
	const [nonce, , signed] = pass.split('.');
	return Boolean(nonce && signed && signatureOf(account, nonce) === signed);
}

/** Whether this browser opened the account before, under whichever address it had then. */
export const openedBefore = (account: string, { pass }: Whence): boolean =>
	passesIn(pass).some((one) => isFor(account, one));

/** The name of this browser if it signed in to this account before, else null. */
export function knownDevice(email: string, { pass }: Whence): string | null {
	const mine = passesIn(pass).find((one) => isOf(email, one));
	return mine?.split('.')[0] ?? null;
}

/** Leaves the pass in the browser for a year, beside those of others who enter by it. */
export function keepPass(
	{ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>,
	{ email, account }: { email: string; account?: string },
): void {
	const others = passesIn(cookies.get(passCookie(url))).filter(
		(one) => one && !isOf(email, one) && !(account && isFor(account, one)),
	);
	cookies.set(passCookie(url), [passFor(email, account), ...others].slice(0, accountsAtMost).join('~'), {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: 31_536_000,
	});
}
