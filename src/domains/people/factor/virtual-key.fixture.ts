import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const b64 = (data: Buffer | string) => Buffer.from(data).toString('base64url');
/** CBOR of the few shapes a key needs. */
const head = (major: number, n: number) =>
	n < 24
		? Buffer.from([(major << 5) | n])
		: n < 256
			? Buffer.from([(major << 5) | 24, n])
			: Buffer.from([(major << 5) | 25, n >> 8, n & 255]);
const bytes = (data: Buffer) => Buffer.concat([head(2, data.length), data]);
const text = (data: string) => Buffer.concat([head(3, data.length), Buffer.from(data)]);
const int = (n: number) => (n >= 0 ? head(0, n) : head(1, -1 - n));
const map = (...pairs: Buffer[]) => Buffer.concat([head(5, pairs.length / 2), ...pairs]);

/** A passkey made of code, for tests: registers and signs as a phone does. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one key and its two answers, closed over its secret
export function virtualKey(origin: string) {
	const host = new URL(origin).hostname;
	const id = randomBytes(32);
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x, y } = publicKey.export({ format: 'jwk' }) as { x: string; y: string };
	const cose = map(
		int(1),
		int(2),
		int(3),
		int(-7),
		int(-1),
		int(1),
		int(-2),
		bytes(Buffer.from(x, 'base64url')),
		int(-3),
		bytes(Buffer.from(y, 'base64url')),
	);
	let counter = 0;
	const flagsAnd = (flags: number) => {
		const count = Buffer.alloc(4);
		count.writeUInt32BE(++counter);
		return Buffer.concat([sha256(host), Buffer.from([flags]), count]);
	};
	const clientData = (type: string, challenge: string, at = origin) =>
		Buffer.from(JSON.stringify({ type, challenge, origin: at, crossOrigin: false }));

	const register = (challenge: string): RegistrationResponseJSON => {
		const length = Buffer.alloc(2);
		length.writeUInt16BE(id.length);
		const data = Buffer.concat([flagsAnd(0x45), Buffer.alloc(16), length, id, cose]);
		const attestation = map(text('fmt'), text('none'), text('attStmt'), map(), text('authData'), bytes(data));
		return {
			id: b64(id),
			rawId: b64(id),
			type: 'public-key',
			clientExtensionResults: {},
			response: {
				clientDataJSON: b64(clientData('webauthn.create', challenge)),
				attestationObject: b64(attestation),
				transports: ['internal'],
			},
		};
	};
	/** `flags` 0x05: present and verified; 0x01: present only. */
	const answer = (challenge: string, { flags = 0x05, at = origin } = {}): AuthenticationResponseJSON => {
		const data = flagsAnd(flags);
		const client = clientData('webauthn.get', challenge, at);
		const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
		return {
			id: b64(id),
			rawId: b64(id),
			type: 'public-key',
			clientExtensionResults: {},
			response: { clientDataJSON: b64(client), authenticatorData: b64(data), signature: b64(signature) },
		};
	};
	return { register, answer };
}
