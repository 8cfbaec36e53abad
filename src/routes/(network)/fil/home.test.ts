import { beforeAll, describe, expect, test } from 'vitest';
import { befriend, feedStage, said, to } from '#domains/feed/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';

feedStage();

let odile: Browser;
let poll: string;
beforeAll(async () => {
	await asSystem('test', (tx) => tx.run(sql`update people.person set created_at = '2025-01-01'`));
	odile = await browser('odile');
	poll = await said(await as('samuel'), 'Quel soir ?', { options: ['Jeudi', 'Samedi'] });
	await said(await as('yamina'), 'La fédération se réunit', {
		as: idOf('valdorsande'),
		audience: { audience: 'unit', unitId: idOf('valdorsande') },
	});
});

const choice = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select id from feed.option where post_id = ${poll}::uuid order by position`),
	))!.id;
const votes = () =>
	asSystem('test', (tx) =>
		tx.many<{ label: string; votes: number }>(
			sql`select label, votes from feed.option where post_id = ${poll}::uuid order by position`,
		),
	);

describe('what the home page shows', () => {
	test('who asks for it without an account is led to sign in, and back', async () => {
		const { status, to: place } = await (await browser('visitor')).get('/fil?vue=amis');
		expect([status, place]).toEqual([303, '/connexion?next=%2Ffil%3Fvue%3Damis']);
	});

	test('a suspended person finds no home, a pending one is led to confirm', async () => {
		expect((await (await browser('thibaud')).get('/fil')).status).toBe(404);
		expect((await (await browser('awa')).get('/fil')).to).toBe('/bienvenue');
	});

	test('everything, one level, or friends, each under its own address', async () => {
		const all = (await odile.get('/fil')).main;
		expect(all).toContain('Quel soir ?');
		expect(all).toContain('La fédération se réunit');
		const federation = (await odile.get('/fil?vue=federation-du-val-d-orsande')).main;
		expect(federation).toContain('La fédération se réunit');
		expect(federation).not.toContain('Samuel Oudraine');
	});

	test('a level that is not one’s own does not exist, nor does a word that means none', async () => {
		expect((await odile.get('/fil?vue=section-de-port-brumel')).status).toBe(404);
		expect((await odile.get('/fil?vue=nulle-part')).status).toBe(404);
	});

	test('no friends: the page says when there will be something', async () => {
		const { main } = await odile.get('/fil?vue=amis');
		expect(main).toContain('Rien ici pour l’instant');
		expect(main).toContain('publieront, ce sera ici.');
	});

	test('what a friend says to friends is there, with why', async () => {
		await befriend('odile', 'ines');
		await said(await as('ines'), 'Entre nous', to('friends'));
		const { main } = await odile.get('/fil?vue=amis');
		expect(main).toContain('Entre nous');
		expect(main).toMatch(/Tu vois ce message parce qu’Inès Ouarzal est parmi/);
		expect((await (await browser('gerard')).get('/fil')).main).not.toContain('Entre nous');
	});

	test('a cursor that is none is read as the beginning; one past the end says so', async () => {
		expect((await odile.get('/fil?avant=hier')).main).toContain('Quel soir ?');
		const past = (await odile.get('/fil?avant=00000000-0000-0000-0000-000000000001')).main;
		expect(past).not.toContain('Quel soir ?');
		expect(past).toContain('Tu es à jour.');
		expect(past).toContain('Revenir au début');
		expect(past).not.toContain('Rien ici');
	});
});

describe('answering from the home page', () => {
	test('a vote is counted, said, and leads back to its card with the filters', async () => {
		const done = await odile.post('/fil?vue=amis&/vote', { id: poll, 'choices[]': [await choice()] });
		expect([done.status, done.to]).toEqual([303, `/fil?vue=amis#p-${poll}`]);
		const { main, text } = await odile.get('/fil');
		expect(text).toContain('Ta réponse est notée.');
		expect(main).toContain('1 réponse · tu peux changer d’avis');
		expect(main).toContain('Changer ma réponse');
		expect(await votes()).toEqual([
			{ label: 'Jeudi', votes: 1 },
			{ label: 'Samedi', votes: 0 },
		]);
	});

	test('the sentence is said once', async () => {
		expect((await odile.get('/fil')).text).not.toContain('Ta réponse est notée.');
	});

	test('an answer of another poll is refused in words, and nothing changes', async () => {
		const before = await votes();
		const refused = await odile.post('/fil?/vote', { id: poll, 'choices[]': [idOf('nothing')] });
		expect([refused.status, refused.form!.problems]).toEqual([422, ['choices feed.answer_unknown']]);
		expect(refused.main).toContain('Cette réponse n’est plus proposée.');
		expect(await votes()).toEqual(before);
	});

	test('somebody of another section finds no poll to answer', async () => {
		const ines = await browser('ines');
		expect((await ines.post('/fil?/vote', { id: poll, 'choices[]': [await choice()] })).status).toBe(404);
	});

	test('a thank you is one however often the same page sends it, and is taken back', async () => {
		const { data } = await odile.get('/fil');
		const thank = (on: string, key: string) => odile.post('/fil?/thank', { id: poll, on, _key: key });
		await Promise.all([1, 2, 3].map(() => thank('1', `${data.key}t`)));
		expect((await odile.get('/fil')).main).toContain('Merci · 1');
		expect((await thank('0', `${data.key}u`)).to).toBe(`/fil#p-${poll}`);
		expect((await odile.get('/fil')).main).not.toContain('Merci · 1');
	});

	test('a form somebody made up is refused and changes nothing', async () => {
		for (const on of ['', '2', 'oui'])
			expect((await odile.post('/fil?/thank', { id: poll, on })).form!.problems).toEqual([
				'on app.invalid_value',
			]);
	});
});

test('who has just come reads, before the posts, who answers for their place and whom to meet, not themselves', async () => {
	expect((await odile.get('/fil')).main).not.toContain('bien commencer');
	await asSystem('test', (tx) =>
		tx.run(
			sql`update people.person set created_at = now() where id in (${idOf('odile')}::uuid, ${idOf('samuel')}::uuid)`,
		),
	);
	const meetingOf = async (who: Browser) => {
		const { html } = await who.get('/fil');
		const at = html.indexOf('<div class="only-narrow">', html.indexOf('bien commencer'));
		return html.slice(at, html.indexOf('</section>', at));
	};
	const meeting = await meetingOf(odile);
	expect(meeting).toContain('Section de Villebrume');
	expect(meeting).toContain(`href="/personnes/${idOf('samuel')}"`);
	expect(meeting).toContain('href="/ma-section"');
	expect(await meetingOf(await browser('samuel'))).not.toContain(idOf('samuel'));
});
