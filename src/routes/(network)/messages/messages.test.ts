import { beforeEach, describe, expect, test } from 'vitest';
import { clear, says, writes } from '#domains/messages/messages.fixture.ts';
import { choose } from '#domains/notices/index.ts';
import { mailNotice } from '#domains/notices/jobs.ts';
import { everywhere } from '#domains/notices/rhythm.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';

stage();
let odile: Browser;
let samuel: Browser;
beforeEach(async () => {
	await clear();
	[odile, samuel] = [await browser('odile'), await browser('samuel')];
});

describe('the list', () => {
	test('empty, says so, offers to write, and says who can read', async () => {
		const { main } = await odile.get('/messages');
		expect(main).toContain('Pas encore de conversation');
		expect(main).toContain('Ces messages ne sont pas chiffrés de bout en bout');
	});

	test('shows what waits, counts it in the menu, and the requests apart', async () => {
		await writes('samuel', 'odile', 'On se voit ?');
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into friends.shown (person_id, place) values (${idOf('odile')}, 'network') on conflict do nothing`,
			),
		);
		await writes('fanny', 'odile', 'Bonjour');
		const page = await odile.get('/messages');
		expect(page.main).toContain('Samuel Oudraine Non lu');
		expect(page.main).toContain('1 demande attend');
		expect(page.main).not.toContain('Fanny');
		expect(page.text).toContain('1 conversation non lue');
		expect((await odile.get('/messages/demandes')).main).toContain('Fanny Kerdoncuff');
	});
});

describe('a new message, without script', () => {
	test('somebody is found by name, by place and by interest, chosen by a link, and written to', async () => {
		await asSystem('test', (tx) =>
			tx.run(sql`insert into profiles.field (id, person_id, kind, value, audience)
			values (${idOf('bees')}, ${idOf('mathis')}, 'interest', '{"text": "Abeilles noires"}', 'network') on conflict do nothing`),
		);
		expect((await odile.get('/messages/nouveau?q=oudraine')).main).toContain('Choisir');
		expect((await odile.get('/messages/nouveau?q=abeilles')).main).toContain('Mathis Lanoëz');
		expect((await odile.get('/messages/nouveau?q=port-brumel')).main).toContain('Fanny Kerdoncuff');
		expect((await odile.get('/messages/nouveau?q=ouarzal')).main).toContain('Personne à ce nom');
		const page = await odile.get(`/messages/nouveau?avec=${idOf('samuel')}&avec=${idOf('ines')}&avec=`);
		expect(page.main).toContain('Samuel Oudraine');
		expect(page.main).not.toContain('Inès');
		const sent = await odile.through('/messages/nouveau?/start', {
			'to[]': [idOf('samuel')],
			text: 'Bonjour Samuel',
		});
		expect(sent.main).toContain('Bonjour Samuel');
		expect(sent.main).toContain('Envoyé');
	});

	test('nobody chosen, or a hundred thousand signs: refused at the field, words kept', async () => {
		const none = await odile.post('/messages/nouveau?/start', { text: 'Pour qui ?' });
		expect(none.form?.problems).toEqual(['to messages.to_needed']);
		expect(none.field('text')).toBe('Pour qui ?');
		const id = await writes('odile', 'samuel');
		const long = 'é'.repeat(100_000);
		const refused = await odile.post(`/messages/${id}?/send`, { text: long });
		expect([refused.status, refused.form?.problems]).toEqual([422, ['text messages.text_too_long']]);
		expect(refused.form?.values?.text).toBe(long);
		expect(refused.html.includes(long)).toBe(true);
	});

	test.each([
		[
			'a page that calls itself a picture',
			new File(['<script>alert(1)</script>'], 'photo.png'),
			'active_content',
		],
		['a program', new File([new Uint8Array([0x4d, 0x5a, 0x90, 0, 3])], 'jeu.exe'), 'unknown_kind'],
		[
			'a document that runs something',
			new File(['%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(x)>>>>endobj\n%%EOF'], 'a.pdf'),
			'active_content',
		],
	])('%s is refused, the words stay', async (_what, file, code) => {
		const id = await writes('odile', 'samuel');
		const refused = await odile.post(`/messages/${id}?/send`, { text: 'Regarde', 'files[]': [file] });
		expect(refused.form?.problems).toEqual([`files messages.file.${code}`]);
		expect(refused.form?.values?.text).toBe('Regarde');
		expect(refused.main).toContain('Regarde');
	});
});

describe('a conversation', () => {
	test('marks read, answers, corrects, removes; each sees what the other did', async () => {
		const id = await writes('odile', 'samuel', 'Mardy ?');
		expect((await samuel.get(`/messages/${id}`)).main).toContain('Mardy ?');
		const page = await odile.get(`/messages/${id}`);
		expect(page.main).toContain('Lu');
		const [row] = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select id from messages.message`),
		);
		const fixed = await odile.through(`/messages/${id}?/edit`, { id: row!.id, text: 'Mardi ?' });
		expect(fixed.main).toContain('corrigé');
		const gone = await odile.through(`/messages/${id}?/remove`, { id: row!.id });
		expect(gone.main).toContain('Odile Fabrègat a retiré un message');
		expect((await samuel.get(`/messages/${id}`)).main).not.toContain('Mardi');
		await asSystem('test', (tx) =>
			tx.run(
				sql`update messages.message set removed_at = null, sealed = sealed, sent_at = now() - interval '6 minutes'`,
			),
		);
		const late = await odile.post(`/messages/${id}?/edit`, { id: row!.id, text: 'Trop tard' });
		expect(late.form?.problems).toEqual(['text messages.edit_late']);
		expect(late.html.includes('Trop tard')).toBe(true);
	});

	test('shows the last fifty, and the earlier ones by address', async () => {
		const id = await writes('odile', 'samuel', 'mot 0');
		for (let n = 1; n < 60; n++) await says('odile', id, `mot ${n}.`);
		const page = await samuel.get(`/messages/${id}`);
		expect(page.main).toContain('mot 59.');
		expect(page.main).not.toContain('mot 9.');
		const earlier = /href="(\?avant=\d+)#fil"/.exec(page.html)![1]!;
		const before = await samuel.get(`/messages/${id}${earlier}`);
		expect(before.main).toContain('mot 9.');
		expect(before.main).not.toContain('mot 10.');
	});

	test('does not exist for anybody else, be it at the address of a file', async () => {
		const id = await writes('odile', 'samuel', 'Voici', [new File(['plan'], 'plan.txt')]);
		const [file] = await asSystem('test', (tx) =>
			tx.many<{ id: string }>(sql`select file_id as id from messages.attachment`),
		);
		expect((await samuel.get(`/fichiers/${file!.id}`)).status).toBe(200);
		for (const name of ['mathis', 'yamina', 'paulo', 'bertrand'] as const) {
			const other = await browser(name);
			expect((await other.get(`/messages/${id}`)).status).toBe(404);
			expect((await other.get(`/fichiers/${file!.id}`)).status).toBe(404);
			expect((await other.post(`/messages/${id}?/send`, { text: 'x' })).status).toBe(404);
		}
	});

	test('a request is accepted or refused in place; refused, one may change one’s mind', async () => {
		const id = await writes('odile', 'fanny', 'Bonjour Fanny');
		const fanny = await browser('fanny');
		expect((await fanny.get(`/messages/${id}`)).main).toContain('demande à t’écrire');
		// Fanny does not know Odile: no profile is offered, but she may keep her at a distance by the words she reads.
		const { html } = await fanny.get(`/messages/${id}`);
		expect(html.includes(`/personnes/${idOf('odile')}`)).toBe(false);
		const apart = /href="(\/securite\/bloquer[^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&');
		expect((await fanny.get(apart)).main).toContain('Odile Fabrègat');
		const refused = await fanny.through(`/messages/${id}?/refuse`);
		expect(refused.text).toContain('La personne n’en est pas informée');
		expect((await fanny.get(`/messages/${id}`)).status).toBe(404);
		await fanny.post(`/messages/${id}?/reconsider`);
		const accepted = await fanny.through(`/messages/${id}?/accept`);
		expect(accepted.main).toContain('Ton message');
	});

	test('is left for good after ten minutes: the page says so before the button, and whoever left reads and is written to no more', async () => {
		const id = await writes('odile', ['samuel', 'mathis'], 'À trois');
		const { main, html } = await odile.get(`/messages/${id}`);
		expect(main).toContain('après, personne ne pourra t’y ramener');
		expect(html).toMatch(/<details[^>]*>(?:(?!<\/details>).)*<summary(?:(?!<\/details>).)*\?\/leave/s);
		expect((await odile.post(`/messages/${id}?/leave`)).to).toBe('/messages');
		await drainJobs();
		expect((await odile.get(`/messages/${id}`)).status).toBe(404);
		expect((await samuel.get(`/messages/${id}`)).main).toContain('Odile Fabrègat a quitté la conversation');
		await says('samuel', id, 'Dommage');
		expect((await odile.get('/messages')).main).not.toContain('Dommage');
		const back = await samuel.post(`/messages/${id}?/add`, { person: idOf('odile') });
		expect(back.form!.problems).toEqual(['person messages.already_there']);
	});

	test('sent twice by an impatient finger, is there once', async () => {
		const id = await writes('odile', 'samuel');
		await Promise.all(
			[1, 2].map(() => odile.post(`/messages/${id}?/send`, { text: 'Une fois', _key: 'k1' })),
		);
		expect((await samuel.get(`/messages/${id}`)).main.match(/Une fois/g)).toHaveLength(1);
	});
});

test('a secretary writes to the section, with the count in the button', async () => {
	const page = await samuel.get(`/messages/unite/${idOf('villebrume')}`);
	expect(page.main).toContain('Envoyer à 5 personnes');
	await samuel.post(`/messages/unite/${idOf('villebrume')}?/write`, { text: 'Réunion jeudi' });
	await drainJobs();
	expect((await odile.get('/messages')).main).toContain('Section de Villebrume');
	expect((await odile.get(`/messages/unite/${idOf('villebrume')}`)).status).toBe(404);
});

test('a mail says who wrote and holds no word of it', async () => {
	await choose(await as('odile'), {
		scope: { kind: 'all', id: everywhere },
		choices: [['messages', 'mail', 'each']],
	});
	await writes('samuel', 'odile', 'mot-sous-scelle');
	await drainJobs();
	const [line] = await asSystem('test', (tx) =>
		tx.many<{ id: string }>(sql`select id from notices.notice where person_id = ${idOf('odile')}`),
	);
	await mailNotice({ personId: idOf('odile'), id: line!.id });
	await drainJobs();
	const mails = await asSystem('test', (tx) =>
		tx.many<{ kind: string; all: string }>(sql`select kind, to_jsonb(mail)::text as all from platform.mail`),
	);
	expect(mails.map(({ kind }) => kind)).toEqual(['notices.message_received']);
	expect(mails[0]!.all).toContain('Samuel Oudraine t’a écrit');
	expect(mails[0]!.all).not.toContain('mot-sous-scelle');
});
