import { createHash, createVerify, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeMail, type MailContent, messageIdFor } from './compose.ts';
import { HOSTILE } from './hostile-words.fixture.ts';
import { header, mailSink, parse } from './sink.fixture.ts';
import { makeTransport } from './transport.ts';

const ID = messageIdFor('outbox-1', 'bonjour@reseau.example.org');
const CONTENT: MailContent = {
	from: { name: 'Section de Lyon', address: 'bonjour@reseau.example.org' },
	to: { name: 'Zoé O’Brien', address: 'zoe@maison.example.org' },
	replyTo: { name: '', address: 'reponse+abc@reseau.example.org' },
	subject: 'Réunion à la Maison des associations',
	greeting: 'Bonjour Zoé,',
	paragraphs: ['La réunion est à 19 h.\nApportez à boire.', 'À bientôt <3 & "merci"'],
	action: { label: 'Je viens', url: 'https://reseau.example.org/e/1?a=b&c=d' },
	footer: [
		'Vous recevez ce message car vous suivez la section.',
		{ label: 'Ne plus recevoir', url: 'https://reseau.example.org/stop/abc' },
	],
	messageId: ID,
	unsubscribeUrl: `https://reseau.example.org/stop/${'a'.repeat(200)}`,
};
const codeOf = (change: Partial<MailContent>) => {
	try {
		composeMail({ ...CONTENT, ...change });
		return 'accepted';
	} catch (problem) {
		return (problem as { code?: string }).code ?? String(problem);
	}
};

let sink: Awaited<ReturnType<typeof mailSink>>;
beforeAll(async () => {
	sink = await mailSink();
});
afterAll(() => sink.close());

async function sent(change: Partial<MailContent> = {}, dkim?: Parameters<typeof makeTransport>[1]) {
	const transport = makeTransport(sink.url, dkim);
	const before = sink.got.length;
	expect(await transport.send(composeMail({ ...CONTENT, ...change }))).toEqual({ outcome: 'sent' });
	transport.close();
	expect(sink.got.length).toBe(before + 1);
	const got = sink.got.at(-1);
	if (!got) throw new Error('nothing arrived');
	return { ...got, ...parse(got.raw) };
}

describe('a mail as it arrives', () => {
	it('goes to one person, says the same twice, text first, and can be stopped in one click', async () => {
		const { from, to, headers, parts } = await sent();
		expect([from, to]).toEqual(['bonjour@reseau.example.org', ['zoe@maison.example.org']]);
		expect(header(headers, 'message-id')).toBe(ID);
		expect(header(headers, 'list-unsubscribe').replace(/\s/g, '')).toBe(`<${CONTENT.unsubscribeUrl}>`);
		expect(header(headers, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
		expect(header(headers, 'auto-submitted')).toBe('auto-generated');
		expect(header(headers, 'reply-to')).toBe('reponse+abc@reseau.example.org');
		expect(header(headers, 'x-mailer')).toBe('');
		expect(parts.map(({ type }) => type.split(';')[0])).toEqual(['text/plain', 'text/html']);
		const [text, html] = parts.map((part) => `${part.text.replaceAll('\r\n', '\n').trimEnd()}\n`);
		expect(text).toBe(
			'Bonjour Zoé,\n\nLa réunion est à 19 h.\nApportez à boire.\n\nÀ bientôt <3 & "merci"\n\nJe viens\nhttps://reseau.example.org/e/1?a=b&c=d\n\n' +
				'-- \nVous recevez ce message car vous suivez la section.\nNe plus recevoir\nhttps://reseau.example.org/stop/abc\n',
		);
		expect(html).toContain('<html lang="fr">');
		expect(html).toContain('<p>À bientôt &lt;3 &amp; &quot;merci&quot;</p>');
		expect(html).toContain('href="https://reseau.example.org/e/1?a=b&amp;c=d"');
		expect(html).not.toMatch(/<img|<script|<link|@import|url\(|src=/);
	});

	it('without unsubscribing, action or footer has none of them', async () => {
		const { action, unsubscribeUrl, replyTo, greeting, ...rest } = CONTENT;
		const mail = composeMail({ ...rest, footer: [] });
		expect(mail.headers).toEqual({ 'Auto-Submitted': 'auto-generated' });
		expect(mail.html).not.toMatch(/<a |<hr>/);
		expect(mail.text).not.toContain('-- ');
	});

	it('survives the outbox: it is plain JSON', () => {
		const mail = composeMail(CONTENT);
		expect(JSON.parse(JSON.stringify(mail))).toEqual(mail);
	});

	it('keeps its Message-ID from one attempt to the next', () => {
		expect(messageIdFor('outbox-1', 'a@é.example.org')).toBe(messageIdFor('outbox-1', 'b@É.example.org'));
		expect(messageIdFor('outbox-2', 'a@b.example.org')).not.toBe(ID);
	});

	it('is signed, unsubscribe headers included', async () => {
		const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		const { headers, raw } = await sent(
			{},
			{ dkim: { domainName: 'reseau.example.org', keySelector: 'a', privateKey: pem } },
		);
		const signature = header(headers, 'dkim-signature').replace(/\s+/g, ' ');
		const signed = (/ h=([^;]+);/.exec(signature)?.[1] ?? '').toLowerCase().replace(/\s/g, '').split(':');
		expect(signed).toEqual(
			expect.arrayContaining(['from', 'to', 'subject', 'list-unsubscribe', 'list-unsubscribe-post']),
		);
		const body = raw
			.slice(raw.indexOf('\r\n\r\n') + 4)
			.replace(/[ \t]+\r\n/g, '\r\n')
			.replace(/[ \t]+/g, ' ')
			.replace(/(\r\n)*$/, '\r\n');
		expect(/ bh=([^;]+);/.exec(signature)?.[1]?.replace(/\s/g, '')).toBe(
			createHash('sha256').update(body, 'latin1').digest('base64'),
		);
		const line = (name: string, value: string) => `${name}:${value.replace(/\s+/g, ' ').trim()}`;
		const unsigned = line('dkim-signature', header(headers, 'dkim-signature').replace(/ b=[^;]*$/, ' b='));
		const data = [...signed.map((name) => line(name, header(headers, name))), unsigned].join('\r\n');
		const value = (/ b=([^;]*)$/.exec(signature)?.[1] ?? '').replace(/\s/g, '');
		expect(createVerify('sha256').update(data, 'latin1').verify(publicKey, value, 'base64')).toBe(true);
	});
});

const KNOWN =
	/^(?:from|to|reply-to|subject|message-id|date|mime-version|content-type|auto-submitted|list-unsubscribe|list-unsubscribe-post)$/i;

describe('a hostile name, subject or text', () => {
	it.each(HOSTILE)('%.60j adds no recipient, no header, no tag', async (word) => {
		const { to, from, headers, parts } = await sent({
			to: { name: word, address: 'zoe@maison.example.org' },
			from: { name: word, address: 'bonjour@reseau.example.org' },
			subject: `x${word}`,
			greeting: word,
			paragraphs: [word],
			action: { label: word, url: 'https://reseau.example.org/' },
			footer: [word],
		});
		expect([from, to]).toEqual(['bonjour@reseau.example.org', ['zoe@maison.example.org']]);
		expect(headers.map(([name]) => name).filter((name) => !KNOWN.test(name))).toEqual([]);
		expect(new Set(headers.map(([name]) => name.toLowerCase())).size).toBe(headers.length);
		expect(header(headers, 'to')).toMatch(/<zoe@maison\.example\.org>$|^zoe@maison\.example\.org$/);
		expect(parts).toHaveLength(2);
		expect(
			parts[1]?.text.replace(
				/<\/?(?:!doctype html|html|head|meta|title|body|div|p|a|br|hr)(?: [^<>]*)?>/g,
				'',
			),
		).not.toMatch(/[<>]/);
		expect(parts[0]?.text).not.toMatch(/[\u202A-\u202E]|(?![\r\n\t])\p{Cc}/u);
	});

	it('leaves the name no quote nor angle bracket to play with', () => {
		const named = (name: string) =>
			composeMail({ ...CONTENT, to: { name, address: 'zoe@maison.example.org' } }).to.name;
		expect(HOSTILE.map(named).filter((name) => /[<>"\r\n]/.test(name))).toEqual([]);
	});

	it('any name at all: one recipient, known headers', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (word) => {
				const mail = composeMail({
					...CONTENT,
					to: { name: word, address: 'zoe@maison.example.org' },
					subject: `x${word}`,
				});
				expect(mail.envelope.to).toEqual(['zoe@maison.example.org']);
				expect(mail.to.name + mail.subject).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E]/u);
				expect(mail.to.name).not.toMatch(/[<>"]/);
			}),
			{ numRuns: 1_000 },
		);
	});
});

describe('what cannot be sent', () => {
	it.each<[string, Partial<MailContent>]>([
		['bad_link', { action: { label: 'x', url: 'javascript:alert(1)' } }],
		['bad_link', { action: { label: 'x', url: '/relative' } }],
		['bad_link', { action: { label: 'x', url: 'https://a.fr/"onclick=1' } }],
		['bad_link', { action: { label: 'x', url: 'https://user@a.fr/' } }],
		['bad_link', { footer: [{ label: 'x', url: 'data:text/html,x' }] }],
		['bad_link', { unsubscribeUrl: 'http://a.fr/stop' }],
		['bad_link', { unsubscribeUrl: 'https://a.fr/>\r\nBcc: x' }],
		['bad_link', { unsubscribeUrl: 'https://a.fr/é' }],
		['bad_link', { unsubscribeUrl: '' }],
		['bad_message_id', { messageId: 'x' }],
		['bad_message_id', { messageId: '<a@b.fr>\r\nBcc: x' }],
		['empty', { subject: ' \n' }],
		['empty', { paragraphs: [] }],
		['bad_address', { to: { address: 'a@b.fr, c@d.fr' } }],
		['bad_address', { from: { address: 'a@b.fr, c@d.fr' } }],
		['bad_address', { replyTo: { address: 'a@b.fr, c@d.fr' } }],
		['accepted', { action: { label: 'x', url: 'http://localhost:3000/x' } }],
	])('%s: %j', (code, change) => expect(codeOf(change)).toBe(code));
});
