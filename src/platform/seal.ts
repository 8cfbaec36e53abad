import {
	createCipheriv,
	createDecipheriv,
	createHash,
	createHmac,
	createSecretKey,
	hkdfSync,
	type KeyObject,
	randomBytes,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Master keys, newest first, as hexadecimal; an old one still opens what it sealed. They never enter the database. */
let keys: Buffer[] | undefined;

/** Loads the master keys from `COOPOL_KEYS` (comma-separated hex) or a file made at first start with mode 0600. */
export function loadKeys(file: string): void {
	const given = process.env.COOPOL_KEYS;
	if (!given && !existsSync(file)) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
	}
	const text = given ?? readFileSync(file, 'utf8');
	keys = text
		.split(/[\s,]+/)
		.filter(Boolean)
		.map((hex) => Buffer.from(hex, 'hex'));
	if (!keys.length || keys.some((key) => key.length !== 32))
		throw new Error('COOPOL_KEYS: each key is 64 hexadecimal digits');
}

function master(): Buffer[] {
	if (!keys) loadKeys(`${process.env.COOPOL_DATA ?? '.coopol'}/keys`);
	return keys!;
}

/** Has the keys ready, made at the first start: called as the program starts, so that there is something to save. */
export const prepareKeys = (): void => void master();

/** Keys for each use, by master key: making one costs ten times what using it does. */
const derived = new WeakMap<Buffer, Map<string, KeyObject>>();
/** Most uses are a word of the code; some name a person, and there are many people. */
const KEPT = 100;

function derive(key: Buffer, use: string): KeyObject {
	const made = derived.get(key) ?? new Map<string, KeyObject>();
	derived.set(key, made);
	const known = made.get(use);
	if (known) return known;
	if (made.size >= KEPT) made.clear();
	const fresh = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `coopol ${use}`, 32)));
	made.set(use, fresh);
	return fresh;
}

/** Encrypts a field (AES-256-GCM) for one use, such as `phone`; the result opens only for the same use. */
export function seal(use: string, text: string): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', derive(master()[0]!, use), iv);
	const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** Opens what `seal` made, with any of the keys; throws when none fits or it was altered. */
export function unseal(use: string, sealed: string): string {
	const bytes = Buffer.from(sealed, 'base64url');
	for (const key of master()) {
		try {
			// The whole tag, said: a shorter one would be taken, and is easier to forge.
			const decipher = createDecipheriv('aes-256-gcm', derive(key, use), bytes.subarray(0, 12), {
				authTagLength: 16,
			});
			decipher.setAuthTag(bytes.subarray(12, 28));
			return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
		} catch {
			// Sealed by another key: try the next one.
		}
	}
	throw new Error(`no key opens this ${use}`);
}

/** A keyed fingerprint that finds equal values without telling them (blind index, token hashes, signed links). */
export const fingerprint = (use: string, text: string): string =>
	createHmac('sha256', derive(master().at(-1)!, `index ${use}`))
		.update(text)
		.digest('base64url');

/** A new secret that nobody can guess: 256 bits, fit for a cookie or an address. */
export const newSecret = () => randomBytes(32).toString('base64url');

/** The hash under which such a secret is kept; fast, because the secret itself cannot be guessed. */
export const hashOfSecret = (secret: string) => createHash('sha256').update(secret).digest('base64url');
