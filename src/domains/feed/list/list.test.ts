import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { exclude, leave } from '#domains/groups/index.ts';
import { stopToken } from '#domains/notices/stop.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { comment, removeComment } from '../comment.ts';
import { remove } from '../remove.ts';
import { answers, block, feedStage, hide } from '../stage.fixture.ts';
import { listApi } from './api.ts';
import { byMail, changeAddress, chooseMails } from './choice.ts';
import { freshOutbox, groupWith, mailed, mails, outboxOf, tell, ticks } from './list.fixture.ts';
import { batchSize, sendRound } from './round.ts';
import { listStoppedBy, stopList, stopListToken } from './stop.ts';

// Read once: a mail is unsubscribed from by one click over TLS only.
process.env.COOPOL_ORIGIN = 'https://rive.example';
feedStage();

freshOutbox();

describe('receiving by mail what is said in a group', () => {
	test('is off until a member asks for it; others may not', async () => {
		const group = await groupWith('secret', 'mathis');
		expect(await byMail(await as('mathis'), group)).toEqual({ mails: false, address: null, takesMail: true });
		expect(await byMail(await as('ines'), group)).toBeNull();
		expect(await outcome(chooseMails(await as('ines'), group, true))).toBe('NotFound');
		expect(await outcome(changeAddress(await as('mathis'), group))).toBe('Forbidden');
		const open = await groupWith('open');
		expect(await outcome(chooseMails(await as('ines'), open, true))).toBe('Forbidden');
		await tell('odile', group, 'Bonjour');
		expect(await mailed()).toEqual([]);
	});

	test('posts and answers reach who asked, never their author nor who did not ask', async () => {
		const group = await groupWith('closed', 'mathis', 'tidiane', 'ines');
		await ticks(group, 'odile', 'mathis', 'tidiane');
		const post = await tell('odile', group, 'Qui vient samedi ?');
		expect(await mailed()).toEqual(['mathis', 'tidiane']);
		await answers(await as('mathis'), post, 'Moi');
		expect(await mailed()).toEqual(['odile', 'tidiane']);
		await chooseMails(await as('tidiane'), group, false);
		await answers(await as('ines'), post, 'Moi aussi');
		expect(await mailed()).toEqual(['mathis', 'odile']);
	});

	test('what is said elsewhere is nobody’s mail', async () => {
		const group = await groupWith('closed', 'mathis');
		await ticks(group, 'mathis');
		const other = await groupWith('closed', 'mathis');
		await tell('odile', other, 'Ailleurs');
		expect(await mailed()).toEqual([]);
	});

	test('is not for who is put out, suspended, apart or does not hear the author', async () => {
		const group = await groupWith('closed', 'mathis', 'tidiane', 'ines', 'noemie', 'samuel');
		await ticks(group, 'mathis', 'tidiane', 'ines', 'noemie', 'samuel');
		await exclude(await as('odile'), group, { person: idOf('mathis'), reason: 'Insultes' });
		await block('tidiane', 'odile');
		await asSystem('test', (tx) =>
			tx.run(sql`insert into safety.mute (person_id, muted_id) values (${idOf('ines')}, ${idOf('odile')})`),
		);
		await asSystem('test', (tx) =>
			tx.run(sql`insert into people.suspension (id, person_id, ends_at, by_id, reason)
				values (gen_random_uuid(), ${idOf('samuel')}, now() + interval '1 day', ${idOf('paulo')}, 'Insultes')`),
		);
		await tell('odile', group, 'Bonjour');
		expect(await mailed()).toEqual(['noemie']);
		await asSystem('test', (tx) => tx.run(sql`delete from people.suspension`));
	});

	test('is not what was hidden, or taken away, before it left', async () => {
		const group = await groupWith('closed', 'mathis', 'noemie');
		await ticks(group, 'mathis');
		const hidden = await tell('odile', group, 'Caché');
		await hide('post', hidden);
		const removed = await tell('odile', group, 'Retiré');
		await remove(await as('odile'), removed);
		expect(await mailed()).toEqual([]);
		const post = await tell('odile', group, 'Reste');
		const word = await comment(await as('noemie'), post, { text: 'À retirer', reply_to: '' });
		await removeComment(await as('noemie'), word);
		await drainJobs();
		expect((await mails()).map(({ message }) => message.subject)).toEqual(['[Jardins partagés] Reste']);
	});

	test('a mail that waits does not leave once its reader left, or its words were removed; nothing of it stays', async () => {
		const group = await groupWith('secret', 'mathis', 'tidiane');
		await ticks(group, 'mathis', 'tidiane');
		const post = await tell('odile', group, 'Un secret bien gardé');
		await outboxOf(post);
		await leave(await as('mathis'), group);
		await drainJobs();
		const sent = await mails();
		expect(sent.map(({ to, problem }) => [to, problem])).toEqual([['tidiane', null]]);
	});

	test('who left and comes back chooses again', async () => {
		const group = await groupWith('open', 'mathis');
		await ticks(group, 'mathis');
		await leave(await as('mathis'), group);
		await drainJobs();
		expect(await byMail(await as('mathis'), group)).toBeNull();
		const { join } = await import('#domains/groups/index.ts');
		await join(await as('mathis'), group);
		expect((await byMail(await as('mathis'), group))?.mails).toBe(false);
	});

	test('done twice, or by two at once, the round writes once to each, past one batch too', async () => {
		const group = await groupWith('open', 'mathis');
		await ticks(group, 'mathis');
		await asSystem('test', async (tx) => {
			await tx.run(sql`insert into people.person (id, name, folded_name, confirmed_at)
				select gen_random_uuid(), 'Masse ' || n, 'masse ' || n, now() from generate_series(1, ${batchSize + 20}::int) as n`);
			await tx.run(sql`insert into people.contact (person_id, email, email_key)
				select id, id || '@masse.example', id || '@masse.example' from people.person where name like 'Masse %'`);
			await tx.run(sql`insert into people.membership (id, person_id, type_id, verified_at)
				select gen_random_uuid(), person.id, (select id from people.membership_type where grants = 'sympathiser' limit 1), now() from people.person where name like 'Masse %'`);
			await tx.run(
				sql`insert into groups.seat (person_id, circle_id) select id, ${group} from people.person where name like 'Masse %'`,
			);
			await tx.run(sql`insert into feed.list_choice (person_id, circle_id, mails, key)
				select id, ${group}, true, substr(md5(id::text), 1, 16) from people.person where name like 'Masse %'`);
		});
		const post = await tell('odile', group, 'À beaucoup');
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into feed.list_round (word_id, kind, circle_id) values (${post}, 'post', ${group}) on conflict do nothing`,
			),
		);
		await Promise.all([sendRound({ id: post }), sendRound({ id: post })]);
		await sendRound({ id: post });
		const rows = await asSystem('test', (tx) =>
			tx.many<{ n: number }>(sql`delete from platform.mail where kind = 'feed.list' returning 1 as n`),
		);
		expect(rows).toHaveLength(batchSize + 21);
		await asSystem('test', (tx) => tx.run(sql`delete from jobs.job`));
	});
});

describe('one click stops the mails of one group', () => {
	test('by the word of the mail, signed in or not, again too, and of no other group', async () => {
		const [group, other] = [await groupWith('closed', 'mathis'), await groupWith('closed', 'mathis')];
		await ticks(group, 'mathis');
		await ticks(other, 'mathis');
		const token = stopListToken(idOf('mathis'), group);
		const nobody = await browser('visitor');
		expect((await nobody.get(`/desabonnement/groupe/${token}`)).main).toContain('Arrêter ces mails');
		expect((await nobody.post(`/desabonnement/groupe/${token}`, {})).main).toContain('C’est arrêté');
		await stopList(await as('visitor'), token);
		expect((await byMail(await as('mathis'), group))?.mails).toBe(false);
		expect((await byMail(await as('mathis'), other))?.mails).toBe(true);
	});

	test('a word that nobody wrote, or of another kind, stops nothing', async () => {
		const group = await groupWith('closed', 'mathis');
		const token = stopListToken(idOf('mathis'), group);
		for (const wrong of [
			`${token}x`,
			token.replace(idOf('mathis'), idOf('odile')),
			stopToken(idOf('mathis'), 'groups'),
			'x',
		])
			expect(() => listStoppedBy(wrong)).toThrow();
	});
});

test('on the page of the group, a member ticks, is given an address, and changes it', async () => {
	const group = await groupWith('secret', 'mathis');
	const page = await browser('mathis');
	const ticked = await page.post(`/groupes/${group}?/byMail`, { mails: 'on' });
	expect(ticked.to).toBe(`/groupes/${group}#par-mail`);
	expect((await page.get(`/groupes/${group}`)).main).toContain('Changer cette adresse');
	const first = (await byMail(await as('mathis'), group))!.address;
	expect(first).toMatch(/^groupe\+/);
	await page.post(`/groupes/${group}?/newAddress`, {});
	expect((await byMail(await as('mathis'), group))!.address).not.toBe(first);
	await page.post(`/groupes/${group}?/byMail`, {});
	expect((await byMail(await as('mathis'), group))!.mails).toBe(false);
	expect((await (await browser('ines')).post(`/groupes/${group}?/byMail`, { mails: 'on' })).status).toBe(404);
});

test('a program of a member asks for the mails, stops them and changes the address; nobody else’s does', async () => {
	const group = await groupWith('secret', 'mathis');
	const call = async (name: string, who: Parameters<typeof as>[0], input: object = {}) => {
		const one = listApi[name]!;
		const result = await one.act(await as(who), v.parse(one.input, input) as never, { id: group });
		return v.parse(one.output, result);
	};
	const path = '/api/v1/groups/[id]/by-mail';
	expect(await call(`GET ${path}`, 'mathis')).toEqual({ mails: false });
	expect(await outcome(call(`POST ${path}/address`, 'mathis'))).toBe('Forbidden');
	expect(await call(`PUT ${path}`, 'mathis', { mails: true })).toEqual({ mails: true });
	expect(await call(`GET ${path}`, 'mathis')).toEqual({ mails: true });
	expect(await call(`POST ${path}/address`, 'mathis')).toEqual({
		address: expect.stringMatching(/^groupe\+/),
	});
	for (const [name, input] of [
		[`GET ${path}`, {}],
		[`PUT ${path}`, { mails: true }],
		[`POST ${path}/address`, {}],
	] as const)
		expect(await outcome(call(name, 'ines', input))).toBe('NotFound');
});
