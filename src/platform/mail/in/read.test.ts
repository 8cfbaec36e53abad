import { describe, expect, test } from 'vitest';
import { rawMail } from './came.fixture.ts';
import type { Letter } from './letter-box.ts';
import { readLetter } from './read.ts';

const domain = 'listes.example';
const read = (raw: Buffer, from = 'odile@rive.example') =>
	readLetter({ to: 'reponse+a@listes.example', from, raw }, domain);
const words = async (raw: Buffer) => ((await read(raw)) as Letter).text;

describe('a mail of a person', () => {
	test('gives its one sender, its subject on one line and its new words', async () => {
		const letter = await read(
			rawMail('Oui.\r\n\r\n> Qui vient ?', { headers: { From: '"Odile F." <Odile@Rive.example>' } }),
		);
		expect(letter).toMatchObject({
			from: 'odile@rive.example',
			subject: 'Re: [Jardins] Qui vient ?',
			text: 'Oui.',
			files: [],
			messageId: '<une@rive.example>',
		});
	});

	test('written in HTML alone, gives its text without what it answers', async () => {
		const html =
			'<p>Oui, <b>bien s&ucirc;r</b>.</p><p>À samedi &lt;3</p><script>alert(1)</script><blockquote><p>Qui vient ?</p></blockquote>';
		const text = await words(rawMail('', { html }));
		expect(text).toMatch(/Oui, bien sûr\.\n+À samedi <3/);
		expect(text).not.toContain('Qui vient');
	});

	test('prefers the plain part, and says that files came', async () => {
		const parts = [
			['Content-Type: text/plain; charset=utf-8', 'Le texte'],
			['Content-Type: text/html; charset=utf-8', '<p>Autre</p>'],
			['Content-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png', 'xx'],
		].map(([head, body]) => `--b\r\n${head}\r\n\r\n${body}\r\n`);
		const raw = rawMail(`${parts.join('')}--b--`, {
			headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
		});
		const letter = (await read(raw)) as Letter;
		expect(letter.files.map(({ name, size }) => [name, size > 0])).toEqual([['a.png', true]]);
		expect(letter.text).toContain('Le texte');
	});

	test('the same mail is known again; the same words in another mail are another', async () => {
		const once = async (raw: Buffer) => ((await read(raw)) as Letter).once;
		const first = await once(rawMail('Oui'));
		expect(await once(rawMail('Oui', { headers: { Received: 'by another way' } }))).toBe(first);
		expect(await once(rawMail('Oui', { headers: { 'Message-ID': '<deux@rive.example>' } }))).not.toBe(first);
		const bare = await once(rawMail('Oui', { headers: { 'Message-ID': null } }));
		expect(await once(rawMail('Oui', { headers: { 'Message-ID': null } }))).toBe(bare);
		expect(await once(rawMail('Non', { headers: { 'Message-ID': null } }))).not.toBe(bare);
	});

	test('100 000 characters are not read', async () => {
		expect(await read(rawMail('mot '.repeat(30_000)))).toMatchObject({ isTooLong: true, text: '' });
	});
});

describe('what no hand wrote', () => {
	test.each([
		['Auto-Submitted', 'auto-replied'],
		['Auto-Submitted', 'auto-generated; owner-email="x"'],
		['Precedence', 'bulk'],
		['Precedence', 'auto_reply'],
		['X-Autoreply', 'yes'],
		['Return-Path', '<>'],
		['Content-Type', 'multipart/report; report-type=delivery-status; boundary=b'],
		['List-Id', '<1234.listes.example>'],
	])('is let fall: %s: %s', async (name, value) => {
		expect(await read(rawMail('Absente jusqu’à lundi', { headers: { [name]: value } }))).toEqual({
			dropped: 'robot',
		});
	});

	test('nor what a server sends of itself; “Auto-Submitted: no” is a person', async () => {
		expect(await read(rawMail('Oui'), '')).toEqual({ dropped: 'robot' });
		expect(await words(rawMail('Oui', { headers: { 'Auto-Submitted': 'no' } }))).toBe('Oui');
		expect(
			await read(rawMail('Oui', { headers: { 'X-Auto-Response-Suppress': 'OOF, AutoReply' } })),
		).toMatchObject({
			text: 'Oui',
			isUnanswered: true,
		});
	});
});

describe('hostile mails', () => {
	test('several senders, none, or one that is no address: nobody', async () => {
		for (const From of [
			'a@rive.example\r\nFrom: odile@rive.example',
			'Groupe: odile@rive.example, b@rive.example;',
			'pas une adresse',
			'',
			'"a@b.example" <x y@rive.example>',
		])
			expect(await read(rawMail('Oui', { headers: { From } })), From).toEqual({ dropped: 'sender' });
	});

	test('a subject with hidden line ends stays on its line', async () => {
		const raw = rawMail('Oui', { headers: { Subject: '=?utf-8?q?Bonjour=0D=0ABcc:_x@y.example?=' } });
		expect(((await read(raw)) as Letter).subject).toBe('Bonjour Bcc: x@y.example');
	});

	test('a Message-ID that could leave its header is never repeated', async () => {
		for (const id of ['<a b@x>', 'sans', '<a><b>'])
			expect(
				((await read(rawMail('Oui', { headers: { 'Message-ID': id } }))) as Letter).messageId,
			).toBeNull();
	});

	test('parts in parts without end, headers without end: unreadable, quickly', async () => {
		let deep = '';
		for (let n = 0; n < 400; n++) deep += `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`;
		const from = performance.now();
		const head = 'From: odile@rive.example\r\n';
		expect(await read(Buffer.from(`${head}${deep}\r\nOui`))).toEqual({ dropped: 'unreadable' });
		const long = `${head}${'X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(20_000)}\r\nOui`;
		expect(await read(Buffer.from(long))).toEqual({ dropped: 'unreadable' });
		expect(performance.now() - from).toBeLessThan(5_000);
	});

	test('a thousand parts, a charset that is none, bytes that are no letters: read as can be', async () => {
		const part = (n: number) => `--b\r\nContent-Type: text/plain\r\n\r\nmot ${n}\r\n`;
		const many = rawMail(`${Array.from({ length: 1000 }, (_, n) => part(n)).join('')}--b--`, {
			headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
		});
		expect(await words(many)).toContain('mot 0');
		const odd = rawMail('Ça va', {
			headers: { 'Content-Type': 'text/plain; charset=martien', Subject: 'Été à 8 bits' },
		});
		expect(await words(odd)).toContain('va');
		const bytes = Buffer.concat([rawMail('x'), Buffer.from([0xff, 0xfe, 0x00, 0xe9])]);
		expect(await words(bytes)).not.toContain('\0');
	});
});
