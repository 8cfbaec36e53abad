import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import type { Gateway } from '#platform/outgoing/gateway.ts';

/** A browser that subscribed, and reads what it is sent (RFC 8291, aes128gcm of RFC 8188). */
export function pretendBrowser(endpoint = `https://push.example.org/${randomBytes(8).toString('hex')}`) {
	const pair = createECDH('prime256v1');
	pair.generateKeys();
	const auth = randomBytes(16);
	const publicKey = pair.getPublicKey();
	const derive = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array | string, length: number) =>
		Buffer.from(hkdfSync('sha256', secret, salt, info, length));
	const open = (body: Uint8Array): Record<string, string> => {
		const bytes = Buffer.from(body);
		const [salt, length] = [bytes.subarray(0, 16), bytes[20]!];
		const sender = bytes.subarray(21, 21 + length);
		const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
		const secret = derive(pair.computeSecret(sender), auth, info, 32);
		const decipher = createDecipheriv(
			'aes-128-gcm',
			derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16),
			derive(secret, salt, 'Content-Encoding: nonce\0', 12),
		);
		const sealed = bytes.subarray(21 + length);
		decipher.setAuthTag(sealed.subarray(-16));
		const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
		return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8'));
	};
	const keys = { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') };
	return { subscription: { endpoint, keys }, open };
}

/** A push service: notes what comes, answers as told. */
export function pretendService() {
	const got: { url: string; headers: Record<string, string>; body: Uint8Array }[] = [];
	const answers = { status: 201 };
	const request: Gateway['request'] = async (url, ask) => {
		got.push({ url, headers: ask?.headers ?? {}, body: ask?.body as Uint8Array });
		return { url, status: answers.status, headers: {}, body: Buffer.alloc(0) };
	};
	return { got, answers, request };
}

/** What the house says of itself to the push service, its signature checked by the key it gives. */
export function vapidIn(authorization: string): { aud: string; sub: string; exp: number; key: string } {
	const [, token = '', key = ''] = /^vapid t=([^,]+), k=(\S+)$/.exec(authorization) ?? [];
	const [head = '', claims = '', signature = ''] = token.split('.');
	const point = Buffer.from(key, 'base64url');
	const jwk = {
		kty: 'EC',
		crv: 'P-256',
		x: point.subarray(1, 33).toString('base64url'),
		y: point.subarray(33).toString('base64url'),
	};
	const by = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
	if (!verify('sha256', Buffer.from(`${head}.${claims}`), by, Buffer.from(signature, 'base64url')))
		throw new Error('the signature is not of that key');
	return { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), key };
}
