import { describe, expect, test } from 'vitest';
import { mailDomain, mailDoor, readAddress, signedAddress } from './address.ts';
import { base32, fromBase32 } from './base32.ts';

const domain = 'rive.example';
const payload = Buffer.from('0123456789abcdef0123456789abcdef0123456789abcdef', 'hex');

describe('an address that says what a mail to it is about', () => {
	test('is read back, in capitals too, and fits in what servers take', () => {
		const address = signedAddress('reponse', payload, domain);
		expect(address.indexOf('@')).toBeLessThanOrEqual(64);
		expect(readAddress(address, domain)).toEqual({ kind: 'reponse', payload });
		expect(readAddress(address.toUpperCase(), domain)).toEqual({ kind: 'reponse', payload });
	});

	test('changed by a sign, of another kind or made by somebody else, it is forged', () => {
		const address = signedAddress('reponse', payload, domain);
		const other = address.replace(/\+(.)/, (_, sign) => `+${sign === 'a' ? 'b' : 'a'}`);
		expect(readAddress(other, domain)).toBe('forged');
		expect(readAddress(address.replace('reponse', 'groupe'), domain)).toBe('forged');
		expect(readAddress(`reponse+${'a'.repeat(40)}@${domain}`, domain)).toBe('forged');
	});

	test('elsewhere, or without its shape, it is nobody’s', () => {
		const address = signedAddress('reponse', payload, domain);
		for (const not of [
			address.replace(domain, 'autre.example'),
			`contact@${domain}`,
			'x',
			'',
			'@',
			`a+b@${domain}`,
		])
			expect(readAddress(not, domain)).toBeNull();
	});

	test('with more than fits, it is not made', () => {
		expect(() => signedAddress('reponse', Buffer.alloc(40), domain)).toThrow('so much');
	});
});

test('letters and figures say each value in one way', () => {
	for (let length = 1; length < 40; length++) {
		const bytes = Buffer.alloc(length, 0xa5);
		expect(fromBase32(base32(bytes))).toEqual(bytes);
	}
	expect(fromBase32('ab')).toBeNull();
	expect(fromBase32('a!')).toBeNull();
});

test('the door is a port of this machine unless told, or a command; anything else is said to be wrong', () => {
	const door = (COOPOL_MAIL_IN: string) => mailDoor({ COOPOL_MAIL_IN });
	expect(mailDoor({})).toBeNull();
	expect(door('2525')).toEqual({ host: '127.0.0.1', port: 2525, lmtp: false });
	expect(door('10.0.0.2:24')).toEqual({ host: '10.0.0.2', port: 24, lmtp: false });
	expect(door('lmtp://[::1]:24')).toEqual({ host: '::1', port: 24, lmtp: true });
	expect(door('pipe')).toBe('pipe');
	for (const wrong of ['yes', 'ftp://x:1', '99999']) expect(() => door(wrong)).toThrow('COOPOL_MAIL_IN');
	expect(mailDomain({ mailFrom: 'ne-pas-repondre@Rive.Example' })).toBe('rive.example');
});
