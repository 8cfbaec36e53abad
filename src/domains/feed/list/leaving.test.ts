import { describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { deliver } from '#platform/mail/jobs.ts';
import { header, mailSink, parse } from '#platform/mail/sink.fixture.ts';
import { makeTransport } from '#platform/mail/transport.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { answers, feedStage } from '../stage.fixture.ts';
import { domainOfMails, freshOutbox, groupWith, mails, outboxOf, tell, ticks } from './list.fixture.ts';
import { leaving } from './send.ts';

// Read once: a mail is unsubscribed from by one click over TLS only.
process.env.COOPOL_ORIGIN = 'https://rive.example';
feedStage();
freshOutbox();

describe('a mail of a group, as it leaves', () => {
	const raw = async () => {
		const sink = await mailSink();
		const transport = makeTransport(sink.url);
		const waiting = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(
				sql`select id from platform.mail where kind = 'feed.list' and sent_at is null order by created_at`,
			),
		);
		for (const { id } of waiting) await deliver(id, transport, null, leaving);
		transport.close();
		await sink.close();
		return sink.got.map(({ raw: text }) => parse(text));
	};

	test('says the words, whose they are, how to answer and how to stop, and threads with what it answers', async () => {
		const group = await groupWith('closed', 'mathis');
		await ticks(group, 'mathis');
		const post = await tell('odile', group, 'Qui vient samedi ?\n\nOn sème.');
		await outboxOf(post);
		const [mail] = await raw();
		const domain = await domainOfMails();
		const of = (name: string) => header(mail!.headers, name);
		expect(of('message-id')).toBe(`<${post}@${domain}>`);
		expect(of('list-id')).toBe(`<${group}.groupes.${domain}>`);
		expect(of('list-post')).toMatch(/^<mailto:groupe\+[a-z2-7]+@/);
		expect(of('reply-to')).toMatch(/reponse\+[a-z2-7]{55}@/);
		expect(of('list-unsubscribe').replace(/\s/g, '')).toContain(
			`/desabonnement/groupe/${idOf('mathis')}.${group}.`,
		);
		expect(of('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
		expect(of('auto-submitted')).toBe('auto-generated');
		expect(of('precedence')).toBe('');
		const text = mail!.parts.find(({ type }) => type.startsWith('text/plain'))!.text;
		for (const words of [
			'Odile Fabrègat écrit dans le groupe Jardins partagés',
			'On sème.',
			'Réponds à ce mail',
		])
			expect(text).toContain(words);
		const answer = await answers(await as('odile'), post, 'Et dimanche ?');
		await drainJobs();
		const [second] = (await mails()).filter(({ message }) => message.messageId === `<${answer}@${domain}>`);
		expect(second!.message).toMatchObject({
			inReplyTo: `<${post}@${domain}>`,
			references: [`<${post}@${domain}>`],
		});
		expect(second!.message.subject).toBe('Re: [Jardins partagés] Qui vient samedi ? On sème.');
	});

	test('a name or words made to leave their header stay in it', async () => {
		const group = await groupWith('closed', 'mathis');
		await ticks(group, 'mathis');
		await asSystem('test', async (tx) => {
			await tx.run(
				sql`update groups.circle set name = ${'Jardins\r\nBcc: x@y.example'} where id = ${group}::uuid`,
			);
			await tx.run(
				sql`update people.person set name = ${'Odile" <z@y.example>\r\nX-Bad: 1'} where id = ${idOf('odile')}::uuid`,
			);
		});
		const post = await tell('odile', group, 'Bonjour\r\nX-Bad: 1');
		await outboxOf(post);
		const [mail] = await raw();
		const names = mail!.headers.map(([name]) => name.toLowerCase());
		for (const bad of ['bcc', 'x-bad', 'cc']) expect(names).not.toContain(bad);
		expect(names.filter((name) => name === 'from')).toHaveLength(1);
		expect(header(mail!.headers, 'from')).toMatch(/<[^<>]+@coopol\.invalid>$/);
		await asSystem('test', (tx) =>
			tx.run(sql`update people.person set name = 'Odile Fabrègat' where id = ${idOf('odile')}::uuid`),
		);
	});

	test('when mails do not come in, it offers no address, and the page neither', async () => {
		delete process.env.COOPOL_MAIL_IN;
		const group = await groupWith('closed', 'mathis');
		await ticks(group, 'mathis');
		const post = await tell('odile', group, 'Bonjour');
		await outboxOf(post);
		const [{ message }] = (await mails()) as [Awaited<ReturnType<typeof mails>>[number]];
		expect(message.replyTo).toBeUndefined();
		expect(message.headers['List-Post']).toBe('NO');
		expect(message.text).toContain('on ne répond pas à ce mail');
		expect(message.text).not.toContain('reponse+');
		const page = await (await browser('mathis')).get(`/groupes/${group}`);
		expect(page.main).toContain('on ne répond pas par mail');
		expect(page.main).not.toContain('Changer cette adresse');
	});
});
