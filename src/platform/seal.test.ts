import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'keys-'));
const before = process.env.COOPOL_KEYS;
const key = () => randomBytes(32).toString('hex');
/** The program started anew with these keys, newest first. */
async function started(...keys: string[]) {
	vi.resetModules();
	if (keys.length) process.env.COOPOL_KEYS = keys.join(',');
	else delete process.env.COOPOL_KEYS;
	return import('./seal.ts');
}

beforeEach(() => void delete process.env.COOPOL_KEYS);
afterAll(() => {
	if (before) process.env.COOPOL_KEYS = before;
	rmSync(folder, { recursive: true });
});

describe('a sealed phone number', () => {
	test('opens with its key and for its use; it never looks the same twice', async () => {
		const { seal, unseal } = await started(key());
		const [one, other] = [seal('phone', '+33639981234'), seal('phone', '+33639981234')];
		expect(one).not.toBe(other);
		expect([one, other].map((sealed) => unseal('phone', sealed))).toEqual(Array(2).fill('+33639981234'));
		expect(`${one}${Buffer.from(one, 'base64url').toString('latin1')}`).not.toContain('39981234');
		expect(() => unseal('totp', one)).toThrow('no key opens this totp');
	});

	test('with a part of its tag alone does not open, though nothing follows it', async () => {
		const { seal, unseal } = await started(key());
		const whole = Buffer.from(seal('phone', ''), 'base64url');
		expect(unseal('phone', whole.toString('base64url'))).toBe('');
		for (const left of [24, 20, 16])
			expect(() => unseal('phone', whole.subarray(0, left).toString('base64url'))).toThrow('no key opens');
	});

	test('changed by one bit anywhere, cut, or empty, does not open', async () => {
		const { seal, unseal } = await started(key());
		const bytes = Buffer.from(seal('phone', 'é'.repeat(20)), 'base64url');
		for (let at = 0; at < bytes.length; at++) {
			const wrong = Buffer.from(bytes);
			wrong[at]! ^= 1;
			expect(() => unseal('phone', wrong.toString('base64url'))).toThrow('no key opens');
		}
		for (const cut of [
			'',
			'A',
			bytes.subarray(0, 28).toString('base64url'),
			bytes.subarray(0, -1).toString('base64url'),
		])
			expect(() => unseal('phone', cut)).toThrow('no key opens');
	});

	test('outlives a change of keys: the new one seals, the old one still opens', async () => {
		const [old, fresh] = [key(), key()];
		const sealed = (await started(old)).seal('phone', 'avant');
		const after = await started(fresh, old);
		expect(after.unseal('phone', sealed)).toBe('avant');
		const again = after.seal('phone', 'après');
		expect((await started(fresh)).unseal('phone', again)).toBe('après');
		const { unseal } = await started(fresh);
		expect(() => unseal('phone', sealed)).toThrow('no key opens');
	});

	test('every text comes back as it was', async () => {
		const { seal, unseal } = await started(key());
		for (const text of ['', '0', 'Zoë \u202E 😀', '\0', 'x'.repeat(100_000)])
			expect(unseal('t', seal('t', text))).toBe(text);
	});
});

test('fingerprints find equal values after a change of keys, and differ by use', async () => {
	const [old, fresh] = [key(), key()];
	const first = (await started(old)).fingerprint('email', 'odile@rive.example');
	const { fingerprint } = await started(fresh, old);
	expect(fingerprint('email', 'odile@rive.example')).toBe(first);
	expect(fingerprint('link', 'odile@rive.example')).not.toBe(first);
	expect(fingerprint('email', 'Odile@rive.example')).not.toBe(first);
});

describe('the keys of the house', () => {
	test('are made once, readable by their owner alone, and found again at the next start', async () => {
		const file = join(folder, 'deep', 'keys');
		const first = await started();
		first.loadKeys(file);
		expect([statSync(file).mode & 0o777, readFileSync(file, 'utf8').length]).toEqual([0o600, 64]);
		const sealed = first.seal('phone', 'gardé');
		const again = await started();
		again.loadKeys(file);
		expect(again.unseal('phone', sealed)).toBe('gardé');
	});

	test.each(['', 'abc', 'z'.repeat(64), '00'.repeat(31), `${'00'.repeat(32)},court`])(
		'« %s » are no keys: the program does not start with them',
		async (given) => {
			const { loadKeys } = await started(given || ' ');
			expect(() => loadKeys(join(folder, 'never'))).toThrow('64 hexadecimal digits');
		},
	);
});

test('secrets are long, never the same, and kept as a print that tells nothing', async () => {
	const { hashOfSecret, newSecret } = await started(key());
	const secrets = Array.from({ length: 200 }, newSecret);
	expect(new Set(secrets).size).toBe(200);
	expect(secrets.every((secret) => /^[\w-]{43}$/.test(secret))).toBe(true);
	expect(hashOfSecret(secrets[0]!)).not.toContain(secrets[0]!.slice(0, 8));
	expect(hashOfSecret(secrets[0]!)).toBe(hashOfSecret(secrets[0]!));
});
