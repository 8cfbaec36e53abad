import { randomBytes } from 'node:crypto';
import { house } from '#platform/house.ts';
import { mailDomain, signedAddress, takesMail } from '#platform/mail/in/address.ts';

/** Kinds of address: to answer words of a group, and to say something new in it. */
export const answerKind = 'reponse';
export const newKind = 'groupe';

const keyBytes = 8;

/** A name for a person in a group that says neither. */
export const newKey = (): string => randomBytes(keyBytes).toString('hex');

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

/** Where this person writes to say something new in the group; null when mails do not come in. */
export const addressToWrite = async (key: string): Promise<string | null> =>
	takesMail() ? signedAddress(newKind, Buffer.from(key, 'hex'), mailDomain(await house())) : null;

/** Where this person answers these words of the group; null when mails do not come in. */
export const addressToAnswer = async (key: string, wordId: string): Promise<string | null> =>
	takesMail()
		? signedAddress(
				answerKind,
				Buffer.concat([Buffer.from(key, 'hex'), bytesOf(wordId)]),
				mailDomain(await house()),
			)
		: null;

/** What an address says: whose place in which group, by its key, and what is answered. */
export function readPayload(payload: Buffer): { key: string; wordId: string | null } {
	const hex = payload.subarray(keyBytes).toString('hex');
	return {
		key: payload.subarray(0, keyBytes).toString('hex'),
		wordId: hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null,
	};
}
