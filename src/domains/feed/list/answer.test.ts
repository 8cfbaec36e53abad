import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exclude, leave } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { rawMail } from '#platform/mail/in/came.fixture.ts';
import { keepMail, takeIn } from '#platform/mail/in/keep.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { answers, feedStage } from '../stage.fixture.ts';
import { changeAddress } from './choice.ts';
import {
	answerAddress,
	comes,
	commentsOf,
	dropped,
	emailOf,
	groupAddress,
	groupWith,
	mails,
	postsOf,
	tell,
	ticks,
} from './list.fixture.ts';

feedStage();

beforeEach(async () => {
	process.env.COOPOL_MAIL_IN = 'pipe';
	await asSystem('test', async (tx) => {
		for (const table of [
			'jobs.job',
			'platform.mail',
			'platform.mail_drop',
			'platform.mail_in',
			'platform.bucket',
		])
			await tx.run(sql`delete from ${sql.raw(table)}`);
	});
});
afterEach(() => {
	delete process.env.COOPOL_MAIL_IN;
});

/** A closed group where Mathis receives Odile's post by mail, and where he answers it. */
async function scene() {
	const group = await groupWith('closed', 'mathis', 'tidiane');
	await ticks(group, 'mathis', 'tidiane');
	const post = await tell('odile', group, 'Qui vient samedi ?');
	await drainJobs();
	await mails();
	return { group, post, to: await answerAddress('mathis', group, post) };
}
const toldBack = async () => (await mails('feed.list_answer')).map(({ to, message }) => ({ ...message, to }));
const kept = () => asSystem('test', (tx) => tx.many(sql`select 1 as one from platform.mail_in`));

describe('answering a group by mail', () => {
	test('is a comment under one’s name, told as any other; nothing of the mail stays', async () => {
		const { post, to } = await scene();
		await comes(
			'mathis',
			to,
			'Moi, avec une bêche.\r\n\r\nLe lun. 30 nov., Odile <x@y.example> a écrit :\r\n> Qui vient ?',
		);
		expect(await commentsOf(post)).toEqual([
			{ text: 'Moi, avec une bêche.', author: idOf('mathis'), replyTo: null },
		]);
		expect((await mails()).map(({ to: reader }) => reader)).toEqual(['tidiane']);
		expect(await kept()).toEqual([]);
		expect(await toldBack()).toEqual([]);
	});

	test('an answer to a comment is under that comment', async () => {
		const { group, post } = await scene();
		const word = await answers(await as('tidiane'), post, 'À quelle heure ?');
		await comes('mathis', (await answerAddress('mathis', group, word)).toUpperCase(), 'Dix heures');
		expect((await commentsOf(post))[1]).toEqual({
			text: 'Dix heures',
			author: idOf('mathis'),
			replyTo: word,
		});
	});

	test('to one’s own address of the group, it begins a discussion: its subject, then its words', async () => {
		const { group } = await scene();
		await comes('mathis', await groupAddress('mathis', group), 'J’en ai trop.', { Subject: 'Des graines' });
		expect((await postsOf(group)).at(-1)).toEqual({
			text: 'Des graines\n\nJ’en ai trop.',
			author: idOf('mathis'),
		});
	});

	test('what was joined is left out, and its sender is told', async () => {
		const { post, to } = await scene();
		const part = (head: string, body: string) => `--b\r\n${head}\r\n\r\n${body}\r\n`;
		const body = `${part('Content-Type: text/plain; charset=utf-8', 'Voici le plan')}${part('Content-Type: image/png\r\nContent-Disposition: attachment; filename=plan.png', 'x')}--b--`;
		await comes('mathis', to, body, { 'Content-Type': 'multipart/mixed; boundary=b' });
		expect((await commentsOf(post)).map(({ text }) => text)).toEqual(['Voici le plan']);
		const [back] = await toldBack();
		expect(back).toMatchObject({ to: 'mathis', headers: { 'Auto-Submitted': 'auto-replied' } });
		expect(back!.subject).toContain('sans tout ce qui y était joint');
	});

	test('the same mail twice, one after the other or at once, is said once', async () => {
		const { post, to } = await scene();
		await comes('mathis', to, 'Une fois', { 'Message-ID': '<meme@rive.example>' });
		await comes('mathis', to, 'Une fois', { 'Message-ID': '<meme@rive.example>' });
		expect(await commentsOf(post)).toHaveLength(1);
		const from = await emailOf('mathis');
		const raw = rawMail('À la fois', { headers: { From: from, 'Message-ID': '<autre@rive.example>' } });
		await keepMail([1, 2, 3].map(() => ({ to, from, raw })));
		const rows = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select id from platform.mail_in`),
		);
		await Promise.all([...rows, ...rows].map(({ id }) => takeIn({ id })));
		expect((await commentsOf(post)).map(({ text }) => text)).toEqual(['Une fois', 'À la fois']);
		expect(await kept()).toEqual([]);
	});
});

describe('a mail that is let fall without a word', () => {
	test('from another address than that of the account, though the name is right', async () => {
		const { post, to } = await scene();
		await comes('mathis', to, 'Bonjour', { From: 'Mathis Lanoëz <mathis@ailleurs.example>' });
		await comes('mathis', to, 'Bonjour', { From: `"${await emailOf('mathis')}" <x@ailleurs.example>` });
		await comes('odile', to, 'Bonjour');
		expect(await commentsOf(post)).toEqual([]);
		expect(await toldBack()).toEqual([]);
		expect(await dropped()).toEqual([{ reason: 'sender', n: 3 }]);
	});

	test('to an address that nobody wrote, of another thing, or that was changed since', async () => {
		const { group, post, to } = await scene();
		await comes('mathis', to.replace('reponse+', 'groupe+'), 'Bonjour');
		await comes(
			'mathis',
			to.replace(/\+(.)/, (_, first) => (first === 'a' ? '+b' : '+a')),
			'Bonjour',
		);
		await comes('mathis', 'contact@coopol.invalid', 'Bonjour');
		await changeAddress(await as('mathis'), group);
		await comes('mathis', to, 'Bonjour');
		expect(await commentsOf(post)).toEqual([]);
		expect((await dropped()).toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
			{ reason: 'address', n: 1 },
			{ reason: 'forged', n: 3 },
		]);
		expect(await toldBack()).toEqual([]);
	});

	test('of a program that answers by itself, were it in a loop', async () => {
		const { post, to } = await scene();
		const robots: Record<string, string>[] = [
			{ 'Auto-Submitted': 'auto-replied' },
			{ Precedence: 'bulk' },
			{ 'List-Id': '<1.groupes.coopol.invalid>' },
		];
		for (const header of robots) await comes('mathis', to, 'Absent', header);
		await keepMail([{ to, from: '', raw: rawMail('Échec', { headers: { From: await emailOf('mathis') } }) }]);
		await drainJobs();
		expect(await commentsOf(post)).toEqual([]);
		expect(await toldBack()).toEqual([]);
		expect(await dropped()).toEqual([{ reason: 'robot', n: 4 }]);
	});
});

describe('a mail that is refused is answered by what to do', () => {
	const isRefused = async (words: string) => {
		const [back, ...more] = await toldBack();
		expect(more).toEqual([]);
		expect(back?.to).toBe('mathis');
		expect(back?.text).toContain(words);
		expect(back?.headers['Auto-Submitted']).toBe('auto-replied');
		expect(back?.replyTo).toBeUndefined();
		expect(back?.inReplyTo).toMatch(/^<mail-\d+@rive\.example>$/);
	};

	test('only quotes, too many words, a phone number left in', async () => {
		const { post, to } = await scene();
		await comes('mathis', to, '> Qui vient samedi ?');
		await isRefused('Écris ta réponse au-dessus');
		for (const length of [11_000, 100_001]) {
			await comes('mathis', to, 'x'.repeat(length));
			await isRefused('C’est trop long');
		}
		await comes('mathis', to, 'Appelle-moi au 06 12 34 56 78');
		await isRefused('06 12 34 56 78');
		expect(await commentsOf(post)).toEqual([]);
	});

	test('of somebody who left, was put out or is suspended: the same words', async () => {
		const { post, to, group } = await scene();
		await leave(await as('mathis'), group);
		await comes('mathis', to, 'Je suis parti');
		await isRefused('ne t’est plus ouverte');
		const again = await scene();
		const place = await groupAddress('mathis', again.group);
		await exclude(await as('odile'), again.group, { person: idOf('mathis'), reason: 'Insultes' });
		await comes('mathis', again.to, 'Encore');
		await isRefused('ne t’est plus ouverte');
		await comes('mathis', place, 'Encore');
		await isRefused('ne t’est plus ouverte');
		const last = await scene();
		await asSystem('test', (tx) =>
			tx.run(sql`insert into people.suspension (id, person_id, ends_at, by_id, reason)
				values (gen_random_uuid(), ${idOf('mathis')}, now() + interval '1 day', ${idOf('paulo')}, 'Insultes')`),
		);
		await comes('mathis', last.to, 'Encore');
		await isRefused('ne t’est plus ouverte');
		await asSystem('test', (tx) => tx.run(sql`delete from people.suspension`));
		const said = await Promise.all([post, again.post, last.post].map(commentsOf));
		expect(said.flat()).toEqual([]);
		expect(await postsOf(again.group)).toHaveLength(1);
	});

	test('to a group that sleeps', async () => {
		const { group } = await scene();
		await asSystem('test', (tx) =>
			tx.run(sql`update groups.circle set archived_at = now() where id = ${group}::uuid`),
		);
		await comes('mathis', await groupAddress('mathis', group), 'Debout');
		await isRefused('il dort');
		expect(await postsOf(group)).toHaveLength(1);
	});

	test('a few times a day, and never when their program asks for no answer', async () => {
		const { to } = await scene();
		await comes('mathis', to, '> rien', { 'X-Auto-Response-Suppress': 'All' });
		expect(await toldBack()).toEqual([]);
		for (let n = 0; n < 8; n++) await comes('mathis', to, '> rien');
		expect(await toldBack()).toHaveLength(5);
	});

	test('a newcomer slowed down on the page is by mail too', async () => {
		const { post, to } = await scene();
		await asSystem('test', async (tx) => {
			await tx.run(sql`update people.person set created_at = now() where id = ${idOf('mathis')}::uuid`);
			await tx.run(sql`delete from feed.comment where author_id = ${idOf('mathis')}::uuid`);
		});
		for (let n = 0; n < 20; n++) await answers(await as('mathis'), post, `Mot ${n}`);
		await comes('mathis', to, 'Un de plus');
		await isRefused('plus tard');
		expect(await commentsOf(post)).toHaveLength(20);
	});
});
