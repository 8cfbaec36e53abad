import { expect, test } from 'vitest';
import { genuine } from './receiver.fixture.ts';
import { newHookSecret, signedHeaders } from './sign.ts';

/** The example published with the reference libraries of Standard Webhooks. */
const published = {
	secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
	signed: { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' },
	signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

test('the published example is signed as published', () => {
	expect(signedHeaders([published.secret], published.signed)).toEqual({
		'content-type': 'application/json',
		'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
		'webhook-timestamp': '1614265330',
		'webhook-signature': published.signature,
	});
});

test('a receiver that checks by its own means believes it, and nothing that was altered', async () => {
	const secret = newHookSecret();
	const signed = { id: 'msg_1', timestamp: 1_700_000_000, body: '{"type":"event.created","é":1}' };
	const headers = signedHeaders([secret], signed);
	expect(await genuine(secret, headers, signed.body)).toEqual([true]);
	expect(await genuine(secret, headers, signed.body.replace('é', 'e'))).toEqual([false]);
	expect(await genuine(secret, { ...headers, 'webhook-id': 'msg_2' }, signed.body)).toEqual([false]);
	expect(await genuine(secret, { ...headers, 'webhook-timestamp': '1700000001' }, signed.body)).toEqual([
		false,
	]);
	expect(await genuine(newHookSecret(), headers, signed.body)).toEqual([false]);
});

test('while a secret is renewed, both sign: whoever knows one of them believes it', async () => {
	const [fresh, before] = [newHookSecret(), newHookSecret()];
	const signed = { id: 'msg_1', timestamp: 1_700_000_000, body: '{}' };
	const headers = signedHeaders([fresh, before], signed);
	expect(await genuine(fresh, headers, '{}')).toEqual([true, false]);
	expect(await genuine(before, headers, '{}')).toEqual([false, true]);
});

test('a secret has the size and the writing of the specification, and is never twice the same', () => {
	const secrets = Array.from({ length: 20 }, newHookSecret);
	for (const secret of secrets) {
		expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]+=*$/);
		expect(Buffer.from(secret.slice(6), 'base64').length).toBe(32);
	}
	expect(new Set(secrets).size).toBe(20);
});
