import { createHmac, randomBytes } from 'node:crypto';

/** A secret in the writing of Standard Webhooks: 32 bytes nobody can guess. */
export const newHookSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** What is signed, as it goes in the headers: the time is in seconds. */
export interface Signed {
	id: string;
	timestamp: number;
	body: string;
}

const signature = (secret: string, { id, timestamp, body }: Signed) => {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
};

/** The three headers of Standard Webhooks, with one signature for each secret in force. */
export const signedHeaders = (secrets: readonly string[], signed: Signed): Record<string, string> => ({
	'content-type': 'application/json',
	'webhook-id': signed.id,
	'webhook-timestamp': String(signed.timestamp),
	'webhook-signature': secrets.map((secret) => signature(secret, signed)).join(' '),
});
