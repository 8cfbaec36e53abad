import { timingSafeEqual } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { HouseSettings } from '../../house.ts';
import { fingerprint } from '../../seal.ts';
import { base32, fromBase32 } from './base32.ts';

/** Where mails come in: a port of this process, or a command that the mail server calls (`pipe`). */
export type MailDoor = 'pipe' | { host: string; port: number; lmtp: boolean };

/** What `COOPOL_MAIL_IN` says; null when mails do not come in. Throws on a value of no known shape. */
export function mailDoor(env: NodeJS.ProcessEnv = process.env): MailDoor | null {
	const said = env.COOPOL_MAIL_IN?.trim();
	if (!said) return null;
	if (said === 'pipe') return 'pipe';
	const [, scheme, host, port] = /^(?:(smtp|lmtp):\/\/)?(?:([^/]+):)?(\d{1,5})$/.exec(said) ?? [];
	if (!port || Number(port) > 65_535)
		throw new Error('COOPOL_MAIL_IN: a port, host:port, lmtp://host:port, or pipe');
	return {
		host: host?.replace(/^\[|\]$/g, '') ?? '127.0.0.1',
		port: Number(port),
		lmtp: scheme === 'lmtp',
	};
}

/** Whether a person may answer by mail: otherwise no address is shown that nobody would read. */
export const takesMail = (): boolean => mailDoor() !== null;

/** The domain to which people write: `COOPOL_MAIL_DOMAIN`, else that of the address from which we write. */
export const mailDomain = ({ mailFrom }: Pick<HouseSettings, 'mailFrom'>): string =>
	domainToASCII(process.env.COOPOL_MAIL_DOMAIN ?? mailFrom.slice(mailFrom.lastIndexOf('@') + 1));

const sealBytes = 10;
const localMax = 64;
const shape = /^([a-z]{2,8})\+([a-z2-7]{18,60})$/;

const sealOf = (kind: string, payload: Uint8Array): Buffer =>
	Buffer.from(
		fingerprint('mail-address', `${kind}.${Buffer.from(payload).toString('hex')}`),
		'base64url',
	).subarray(0, sealBytes);

/**
 * An address that says what a mail to it is about, signed so that nobody makes one: `kind+token@domain`. `payload` is read
 * back by who declared the kind; 24 bytes at most, so that the part before the @ keeps within what servers take.
 */
export function signedAddress(kind: string, payload: Uint8Array, domain: string): string {
	const local = `${kind}+${base32(Buffer.concat([payload, sealOf(kind, payload)]))}`;
	if (local.length > localMax || !shape.test(local))
		throw new Error(`no address of kind ${kind} for so much`);
	return `${local}@${domain}`;
}

/** What an address of ours says. `forged`: it has the shape of ours, and we never wrote it; null: it is none of ours. */
export function readAddress(
	address: string,
	domain: string,
): { kind: string; payload: Buffer } | 'forged' | null {
	const folded = address.trim().toLowerCase();
	const at = folded.lastIndexOf('@');
	const [, kind, token] = shape.exec(folded.slice(0, at)) ?? [];
	if (!kind || !token || folded.slice(at + 1) !== domain) return null;
	const bytes = fromBase32(token);
	if (!bytes || bytes.length <= sealBytes) return 'forged';
	const payload = bytes.subarray(0, -sealBytes);
	return timingSafeEqual(bytes.subarray(-sealBytes), sealOf(kind, payload)) ? { kind, payload } : 'forged';
}
