import { createECDH } from 'node:crypto';
import type { HouseSettings } from '#platform/house.ts';
import { fingerprint } from '#platform/seal.ts';

/** The keys by which push services know this house. */
export interface VapidKeys {
	subject: string;
	publicKey: string;
	privateKey: string;
}

/**
 * Made from the house's master key each time: neither the database nor a file holds them, and they live as long as that key,
 * for a subscription made with one public key never answers to another.
 */
export function vapidKeys({ origin, mailFrom }: Pick<HouseSettings, 'origin' | 'mailFrom'>): VapidKeys {
	const pair = createECDH('prime256v1');
	const privateKey = scalar();
	pair.setPrivateKey(privateKey);
	return {
		subject: origin.startsWith('https:') ? origin : `mailto:${mailFrom}`,
		publicKey: pair.getPublicKey('base64url', 'uncompressed'),
		privateKey: privateKey.toString('base64url'),
	};
}

/** A number that P-256 takes: one in four thousand million is not. */
function scalar(n = 0): Buffer {
	const bytes = Buffer.from(fingerprint('vapid', String(n)), 'base64url');
	try {
		createECDH('prime256v1').setPrivateKey(bytes);
		return bytes;
	} catch {
		return scalar(n + 1);
	}
}
