import { beforeAll, describe, expect, test } from 'vitest';
import { feedStage, hide, later, said, say, to } from '#domains/feed/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';

feedStage();

let odile: Browser;
let mathis: Browser;
let post: string;
let page: string;
beforeAll(async () => {
	[odile, mathis] = [await browser('odile'), await browser('mathis')];
	post = await said(await as('odile'), 'Qui vient samedi ?');
	page = `/publications/${post}`;
});

const commentId = (place: string | null) => /#c-(.+)$/.exec(place!)![1]!;
const answer = async (text: string, who = mathis, more = {}) =>
	commentId((await who.post(`${page}?/comment`, { text, ...more })).to);
const words = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ text: string }>(sql`select text from feed.comment where post_id = ${post}::uuid order by id`),
		)
	).map(({ text }) => text);
const expire = (table: 'post' | 'comment', id: string) =>
	asSystem('test', (tx) =>
		tx.run(
			sql`update ${sql.raw(`feed.${table}`)} as gone set deleted_at = now() - interval '1 minute' where gone.id = ${id}::uuid`,
		),
	);

describe('reading', () => {
	test('nobody answered yet: the page says so, and asks for the first words', async () => {
		const { main, data } = await odile.get(page);
		expect(main).toContain('Pas encore de réponse. Lance la discussion.');
		expect(data.title).toBe('Message d’Odile Fabrègat');
	});

	test('who does not see it, and who asks for nothing that exists, get the same answer', async () => {
		const ines = await browser('ines');
		const [hidden, absent] = [await ines.get(page), await ines.get(`/publications/${idOf('nothing')}`)];
		expect([hidden.status, hidden.main]).toEqual([404, absent.main]);
		expect((await (await browser('visitor')).get(page)).status).toBe(404);
		expect((await odile.get('/publications/pas-un-id')).status).toBe(404);
	});

	test('a visitor reads a public post, none of its comments, and is asked to sign in to answer', async () => {
		const open = await said(await as('odile'), 'À tous', to('public'));
		await mathis.post(`/publications/${open}?/comment`, { text: 'Bravo Odile' });
		const { status, main } = await (await browser('visitor')).get(`/publications/${open}`);
		expect(status).toBe(200);
		expect(main).toContain('À tous');
		expect(main).toContain('Connecte-toi pour répondre.');
		expect(main).not.toContain('Bravo Odile');
		expect(main).not.toContain('Mathis');
	});

	test('a long discussion turns by thirty; a cursor that is none begins it again', async () => {
		const long = await said(await as('samuel'), 'Trente et une réponses');
		const samuel = await browser('samuel');
		for (let n = 1; n <= 31; n++)
			await asSystem('test', (tx) =>
				tx.run(sql`insert into feed.comment (id, post_id, author_id, text)
					values (${idOf(`long ${n}`).replace(/^.{8}/, String(n).padStart(8, '0'))}, ${long}, ${idOf('odile')}, ${`Réponse numéro ${n}.`})`),
			);
		const first = await samuel.get(`/publications/${long}`);
		expect(first.main).toContain('Réponse numéro 30.');
		expect(first.main).not.toContain('Réponse numéro 31.');
		const after = /\?apres=([0-9a-f-]{36})#/.exec(first.html)![1]!;
		const second = (await samuel.get(`/publications/${long}?apres=${after}`)).main;
		expect(second).toContain('Réponse numéro 31.');
		expect(second).not.toContain('Réponse numéro 30.');
		expect(second).not.toContain('Voir la suite');
		expect((await samuel.get(`/publications/${long}?apres=hier`)).main).toContain('Réponse numéro 1.');
	});
});

describe('answering', () => {
	test('leads to the words just said, and says they are online', async () => {
		const done = await mathis.through(`${page}?/comment`, { text: 'Moi !' });
		expect(done.main).toContain('Moi !');
		expect(done.text).toContain('Ton commentaire est en ligne.');
	});

	test.each<[string, Record<string, string>, string, string]>([
		['nothing', { text: ' ' }, 'text feed.comment_needed', 'Écris quelques mots avant d’envoyer.'],
		['too much', { text: 'é'.repeat(10_001) }, 'text feed.text_too_long', 'C’est trop long'],
		[
			'a number',
			{ text: 'Au 06 12 34 56 78' },
			'personal_ok feed.personal_question',
			'Oui, je le publie quand même',
		],
		['an answer to nothing', { text: 'Oui', reply_to: 'x' }, 'reply_to app.invalid_value', ''],
	])(
		'%s is refused at its field, with the words kept, and nothing is said',
		async (_, fields, problem, sentence) => {
			const before = await words();
			const refused = await mathis.post(`${page}?/comment`, fields);
			expect([refused.status, refused.form!.problems]).toEqual([422, [problem]]);
			expect(refused.main).toContain(sentence);
			expect(refused.form!.values).toMatchObject(fields);
			expect(await words()).toEqual(before);
		},
	);

	test('a comment of another post is not answered here', async () => {
		const other = await said(await as('odile'), 'Autre chose');
		const there = commentId((await mathis.post(`/publications/${other}?/comment`, { text: 'Là' })).to);
		const refused = await mathis.post(`${page}?/comment`, { text: 'Ici', reply_to: there });
		expect(refused.form!.problems).toEqual(['reply_to feed.reply_elsewhere']);
		expect(refused.main).toContain('Ce commentaire est sous un autre message.');
	});

	test('the same page sent twice says it once', async () => {
		const { data } = await mathis.get(page);
		const [one, two] = await Promise.all(
			[1, 2].map(() => mathis.post(`${page}?/comment`, { text: 'Une seule fois', _key: `${data.key}c` })),
		);
		expect(one!.to).toBe(two!.to);
		expect((await words()).filter((text) => text === 'Une seule fois')).toHaveLength(1);
	});
});

describe('correcting one’s comment', () => {
	test('shows the new words, and that they changed', async () => {
		const id = await answer('Samdi');
		const done = await mathis.through(`${page}?/editComment`, { id, text: 'Samedi' });
		expect(done.text).toContain('Ton commentaire est corrigé.');
		expect(done.main).toContain('modifié');
		expect(await words()).not.toContain('Samdi');
	});

	test('refused, its words come back to that form alone', async () => {
		const id = await answer('À corriger');
		const refused = await mathis.post(`${page}?/editComment`, { id, text: 'Le 06 12 34 56 78' });
		expect(refused.form!.problems).toEqual(['personal_ok feed.personal_question']);
		expect(refused.html.match(/>Le 06 12 34 56 78<\/textarea>/g)).toHaveLength(1);
		expect(await words()).toContain('À corriger');
	});

	test('is for who wrote it: 403 to who reads it, 404 to who does not', async () => {
		const id = await answer('Les miens');
		expect((await odile.post(`${page}?/editComment`, { id, text: 'Les tiens' })).status).toBe(403);
		expect((await (await browser('ines')).post(`${page}?/editComment`, { id, text: 'x' })).status).toBe(404);
		expect(await words()).toContain('Les miens');
	});
});

test('words refused under a comment that went meanwhile come back in the last form: nothing typed is lost', async () => {
	const id = await answer('Bientôt parti');
	await mathis.post(`${page}?/removeComment`, { id });
	const refused = await odile.post(`${page}?/comment`, { text: 'Je n’ai pas eu le temps', reply_to: id });
	expect([refused.status, refused.form!.problems]).toEqual([422, ['text feed.reply_gone']]);
	expect(refused.main).toContain('Ce commentaire vient d’être retiré. Tes mots sont là');
	expect(refused.html.match(/>Je n’ai pas eu le temps<\/textarea>/g)).toHaveLength(1);
	expect((await (await browser('ines')).post(`${page}?/comment`, { text: 'x', reply_to: id })).status).toBe(
		404,
	);
	const other = await answer('Ailleurs');
	const kept = await odile.post(`/publications/${await said(await as('odile'), 'Seul')}?/comment`, {
		text: 'Au 06 12 34 56 78',
		reply_to: other,
	});
	expect(kept.field('text')).toBe('Au 06 12 34 56 78');
});

describe('removing and bringing back', () => {
	test('a comment leaves a trace, with a way back that closes', async () => {
		const id = await answer('Regretté');
		const gone = await mathis.through(`${page}?/removeComment`, { id });
		expect(gone.text).toContain('Le commentaire est retiré.');
		expect(gone.main).toContain('Commentaire retiré par la personne qui l’a écrit.');
		expect(gone.main).not.toContain('Regretté');
		expect((await mathis.through(`${page}?/restoreComment`, { id })).text).toContain(
			'Le commentaire est revenu.',
		);
		await mathis.post(`${page}?/removeComment`, { id });
		await expire('comment', id);
		const late = await mathis.post(`${page}?/restoreComment`, { id });
		expect(late.status).toBe(422);
		expect(late.main).toContain('C’est trop tard pour annuler.');
		expect((await mathis.get(page)).main).not.toContain('Regretté');
	});

	test('a moderator’s removal is said to be one, and written in the journal', async () => {
		const id = await answer('Des injures');
		const paulo = await browser('paulo');
		expect((await paulo.through(`${page}?/removeComment`, { id })).main).toContain(
			'Commentaire retiré par la modération.',
		);
		const entry = await asSystem('test', (tx) =>
			tx.one(sql`select act, subject, actor_id from audit.entry where subject_id = ${id}::uuid`),
		);
		expect(entry).toEqual({ act: 'feed.remove_comment', subject: 'comment', actor_id: idOf('paulo') });
	});

	test('a post goes from everybody else’s page; its author brings it back at once, not later', async () => {
		const id = await said(await as('odile'), 'Supprimable');
		const there = `/publications/${id}`;
		const gone = await odile.post(`${there}?/remove`);
		expect(gone.to).toBe('/fil');
		expect((await odile.get('/fil')).html.includes(`action="${there}?/restore"`)).toBe(true);
		expect((await mathis.get(there)).status).toBe(404);
		expect((await odile.get(there)).main).toContain(
			'Tu as supprimé ce message. Personne d’autre ne le voit.',
		);
		expect((await odile.through(`${there}?/restore`)).text).toContain('Le message est revenu.');
		expect((await mathis.get(there)).status).toBe(200);
		await odile.post(`${there}?/remove`);
		await expire('post', id);
		const late = await odile.post(`${there}?/restore`);
		expect(late.main).toContain('C’est trop tard pour annuler.');
		expect((await mathis.get(there)).status).toBe(404);
	});

	test('nobody brings back a post that another removed', async () => {
		const id = await said(await as('odile'), 'Modéré');
		await (await browser('paulo')).post(`/publications/${id}?/remove`);
		expect((await odile.post(`/publications/${id}?/restore`)).form!.problems).toEqual([' feed.too_late']);
		expect((await mathis.post(`/publications/${id}?/restore`)).status).toBe(404);
	});
});

describe('hidden by moderation', () => {
	test('its author alone reads it, and nobody answers', async () => {
		const id = await said(await as('odile'), 'À relire');
		await hide('post', id);
		expect((await odile.get(`/publications/${id}`)).main).toContain('À relire');
		expect((await mathis.get(`/publications/${id}`)).status).toBe(404);
		expect((await mathis.post(`/publications/${id}?/comment`, { text: 'Quoi ?' })).status).toBe(404);
	});
});

test('a post that leaves in a few seconds is nobody else’s to read, to thank or to answer', async () => {
	const id = await say(await as('odile'), 'Pas encore');
	for (const [action, fields] of [
		['comment', { text: 'Déjà' }],
		['thank', { id, on: '1' }],
	] as const)
		expect((await mathis.post(`/publications/${id}?/${action}`, fields)).status).toBe(404);
	await later(id);
	expect((await mathis.get(`/publications/${id}`)).status).toBe(200);
});
