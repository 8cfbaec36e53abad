import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ComposedMail, composeMail, messageIdFor } from './compose.ts';
import { mailSink } from './sink.fixture.ts';
import { makeTransport } from './transport.ts';

const mailTo = (address: string) =>
	composeMail({
		from: { address: 'a@reseau.example.org' },
		to: { address },
		subject: 'Bonjour',
		paragraphs: ['Bonjour'],
		footer: [],
		messageId: messageIdFor(address, 'a@reseau.example.org'),
	});

describe('sending', () => {
	it('tells a refusal for good from one to try again', async () => {
		const sink = await mailSink((address) => Number(/^(\d{3})@/.exec(address)?.[1]) || undefined);
		const transport = makeTransport(sink.url);
		const outcome = async (address: string) => (await transport.send(mailTo(address))).outcome;
		expect(await outcome('zoe@maison.example.org')).toBe('sent');
		expect(await outcome('550@maison.example.org')).toBe('never');
		expect(await outcome('450@maison.example.org')).toBe('later');
		expect(await transport.send(mailTo('552@maison.example.org'))).toEqual({
			outcome: 'never',
			reason: 'EENVELOPE RCPT TO 552',
		});
		expect(await outcome('zoe@maison.example.org')).toBe('sent');
		transport.close();
		await sink.close();
	});

	it('to a server that is away means later, not lost and not thrown', async () => {
		const sink = await mailSink();
		await sink.close();
		const transport = makeTransport(sink.url);
		expect((await transport.send(mailTo('zoe@maison.example.org'))).outcome).toBe('later');
		transport.close();
	});

	it('sends a hundred mails, each to one recipient', async () => {
		const sink = await mailSink();
		const transport = makeTransport(sink.url);
		await Promise.all(
			Array.from({ length: 100 }, (_, n) => transport.send(mailTo(`m${n}@maison.example.org`))),
		);
		expect(new Set(sink.got.map(({ to }) => to.join())).size).toBe(100);
		expect(sink.got.every(({ to }) => to.length === 1)).toBe(true);
		transport.close();
		await sink.close();
	});
});

describe('the demo', () => {
	it.each(['memory', 'database', undefined])('keeps mails instead of sending them (%s)', async (url) => {
		const kept: ComposedMail[] = [];
		const transport = makeTransport(url, { keep: (mail) => void kept.push(mail) });
		expect(await transport.send(mailTo('zoe@maison.example.org'))).toEqual({ outcome: 'sent' });
		expect(kept).toHaveLength(1);
		transport.close();
	});
});

describe('a wrong setting stops at once', () => {
	it('nowhere to keep, not SMTP, bad key', () => {
		expect(() => makeTransport(undefined)).toThrow(/nowhere/);
		for (const url of ['http://a.fr', 'smtp', 'sendmail:', 'smtp://'])
			expect(() => makeTransport(url)).toThrow(/smtp/);
		const dkim = { domainName: 'a.fr', keySelector: 'a', privateKey: 'not a key' };
		expect(() => makeTransport('smtp://localhost', { dkim })).toThrow();
		const privateKey = generateKeyPairSync('ed25519')
			.privateKey.export({ type: 'pkcs8', format: 'pem' })
			.toString();
		expect(() => makeTransport('smtp://localhost', { dkim: { ...dkim, privateKey } })).toThrow(/RSA/);
	});
});
