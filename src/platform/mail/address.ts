import { domainToASCII } from 'node:url';

export type Mailbox = { name?: string; address: string };

export type MailProblemCode = 'bad_address' | 'bad_link' | 'bad_message_id' | 'empty';

/** Why a mail could not be written. The message never holds the address. */
export class MailProblem extends Error {
	readonly code: MailProblemCode;
	constructor(code: MailProblemCode) {
		super(`mail refused: ${code}`);
		this.name = 'MailProblem';
		this.code = code;
	}
}

/** What people really have before the @; quoted and comment forms, which smuggle a second address, are out. */
const LOCAL = /^(?!\.)(?!.*\.\.)[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}(?<!\.)$/i;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;
const LENGTH_MAX = 254;

/**
 * One e-mail address: local part as written, domain in lower case and punycode. Throws MailProblem `bad_address` for
 * a list, a comment, a display name, a line break or anything else that is not exactly one address.
 */
export function oneAddress(raw: string): string {
	const at = raw.lastIndexOf('@');
	const local = raw.slice(0, at);
	const domain = /[\s%\\/:?#[\]]/.test(raw.slice(at + 1)) ? '' : domainToASCII(raw.slice(at + 1));
	const address = `${local}@${domain}`;
	if (at < 1 || !LOCAL.test(local) || !DOMAIN.test(domain) || address.length > LENGTH_MAX)
		throw new MailProblem('bad_address');
	return address;
}

/** A mailbox whose name cannot leave its header: one line, no invisible sign, no angle bracket, no quote. */
export function mailbox({ name, address }: Mailbox): { name: string; address: string } {
	return { name: oneLine(name ?? '', 80).replace(/["<>]/g, ''), address: oneAddress(address) };
}

/** Text on one line: line breaks and controls become spaces, direction marks vanish; cut at `max` characters. */
export function oneLine(text: string, max: number): string {
	const line = text
		.toWellFormed()
		.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
		.replace(/[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '');
	const folded = line.replace(/\s+/gu, ' ').trim();
	return folded.length <= max ? folded : `${[...folded].slice(0, max - 1).join('')}…`;
}
