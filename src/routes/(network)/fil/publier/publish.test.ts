import { beforeAll, beforeEach, expect, test } from 'vitest';
import { feedStage, later } from '#domains/feed/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';

feedStage();

const here = `unit:${idOf('villebrume')}`;
const count = async () =>
	(await asSystem('test', (tx) => tx.one<{ n: number }>(sql`select count(*)::int as n from feed.post`)))!.n;
let odile: Browser;
beforeAll(async () => {
	odile = await browser('odile');
});
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`)));
const publish = (fields: Record<string, string | string[]>) =>
	odile.post('/fil/publier?/publish', { audience: here, text: 'Bonjour', ...fields });

test('published: led home, told it leaves in ten seconds, with a way back', async () => {
	const done = await publish({ text: 'Rendez-vous samedi' });
	const id = /#p-(.+)$/.exec(done.to!)![1]!;
	const home = await odile.get('/fil');
	expect(home.text).toContain('C’est publié. Il part dans dix secondes.');
	expect(home.html.includes(`action="/publications/${id}?/undo"`)).toBe(true);
	expect(home.main).toContain('part dans quelques secondes');
	const undone = await odile.through(`/publications/${id}?/undo`);
	expect(undone.text).toContain('C’est annulé. Ton texte est de nouveau en brouillon.');
	expect(undone.field('text')).toBe('Rendez-vous samedi');
	expect((await (await browser('mathis')).get('/fil')).main).not.toContain('Rendez-vous samedi');
});

test('too late to undo: the post’s page says so and offers what is left', async () => {
	const id = /#p-(.+)$/.exec((await publish({ text: 'Parti' })).to!)![1]!;
	await later(id);
	const late = await odile.post(`/publications/${id}?/undo`);
	expect(late.status).toBe(422);
	expect(late.main).toContain('C’est trop tard pour annuler. Tu peux encore modifier ou supprimer.');
	expect(late.main).toContain('Parti');
});

test('a page that the browser kept, sent again with other words, is another post: neither is lost', async () => {
	const { data } = await odile.get('/fil/publier');
	const send = (text: string) => publish({ text, _key: String(data.key) });
	const [first, again, other] = [await send('Un mot'), await send('Un mot'), await send('Un autre mot')];
	expect(again.to).toBe(first.to);
	expect(other.to).not.toBe(first.to);
	expect((await odile.get(other.to!)).text).toContain('Un autre mot');
});

test('the same page sent twice at once publishes once, and leads to the same post', async () => {
	const [before, { data }] = [await count(), await odile.get('/fil/publier')];
	const [one, two] = await Promise.all([1, 2].map(() => publish({ text: 'Clic', _key: String(data.key) })));
	expect(one!.to).toBe(two!.to);
	expect(await count()).toBe(before + 1);
});

test.each<[string, Record<string, string | string[]>, string, string]>([
	['nothing written', { text: '  ' }, 'text', 'Écris quelques mots, ou ajoute une photo ou un son.'],
	['too much', { text: 'a'.repeat(10_001) }, 'text', 'C’est trop long : 10 000 signes au plus.'],
	[
		'a place elsewhere',
		{ audience: `unit:${idOf('montclairval')}` },
		'audience',
		'Tu ne peux pas publier à ces personnes.',
	],
	['no place', { audience: '' }, 'audience', 'Choisis à qui tu parles.'],
	['another’s voice', { as: idOf('villebrume') }, 'as', 'Tu ne parles pas au nom de ce lieu.'],
	['one answer', { 'options[]': ['Oui', ''] }, 'options', 'Il faut au moins deux réponses.'],
	['twice the same', { 'options[]': ['Oui', ' Oui '] }, 'options', 'Deux réponses sont pareilles.'],
	[
		'a poll without question',
		{ text: '', 'options[]': ['Oui', 'Non'] },
		'text',
		'Écris la question du sondage.',
	],
	[
		'an answer without end',
		{ 'options[]': ['a'.repeat(121), 'Non'] },
		'options.0',
		'120 signes au plus par réponse.',
	],
	['an odd length', { poll_days: '400' }, 'poll_days', 'Choisis une durée de la liste.'],
	['an odd link', { link_url: 'ftp://rive.example' }, 'link_url', 'L’adresse commence par https://'],
	[
		'an odd film',
		{ video_url: 'https://qui:secret@rive.example' },
		'video_url',
		'L’adresse commence par https://',
	],
	[
		'a number',
		{ text: 'Le 06 12 34 56 78' },
		'personal_ok',
		'Ton texte contient « 06 12 34 56 78 ». La personne est-elle d’accord ?',
	],
])(
	'%s: said at its field, what was typed is kept, nothing is published',
	async (_, fields, field, sentence) => {
		const before = await count();
		const refused = await publish({ link_url: 'https://rive.example/a', ...fields });
		expect(refused.status).toBe(422);
		expect(refused.form!.problems.map((problem) => problem.split(' ')[0])).toContain(field);
		expect(refused.main).toContain(sentence);
		expect(refused.form!.values).toMatchObject({
			text: 'Bonjour',
			link_url: 'https://rive.example/a',
			...plain(fields),
		});
		expect(await count()).toBe(before);
	},
);
const plain = (fields: object) =>
	Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace('[]', ''), value]));

test('a draft is kept, found again on another browser, and is nobody else’s', async () => {
	const kept = await odile.through('/fil/publier?/draft', { text: 'Je finirai demain' });
	expect(kept.text).toContain('Ton brouillon est gardé.');
	expect(kept.main).toContain('Je finirai demain');
	expect((await (await browser('odile')).get('/fil/publier')).html).toContain(
		'>Je finirai demain</textarea>',
	);
	expect((await (await browser('samuel')).get('/fil/publier')).html).not.toContain('Je finirai demain');
	await odile.post('/fil/publier?/draft', { text: ' ' });
	expect((await odile.get('/fil/publier')).html).not.toContain('Je finirai demain');
});

test('who speaks for a unit chooses the voice; who does not is not asked', async () => {
	expect((await (await browser('samuel')).get('/fil/publier')).main).toContain('Qui parle ?');
	expect((await (await browser('samuel', { factor: false })).get('/fil/publier')).main).not.toContain(
		'Qui parle ?',
	);
	expect((await odile.get('/fil/publier')).main).not.toContain('Qui parle ?');
});

test('welcoming newcomers starts from a sentence, unless a draft waits', async () => {
	const samuel = await browser('samuel');
	const text = async () => (await samuel.get('/fil/publier?bienvenue')).field('text');
	expect(await text()).toContain('Bienvenue aux personnes');
	await samuel.post('/fil/publier?/draft', { text: 'Mon brouillon' });
	expect(await text()).toBe('Mon brouillon');
});

test('a poll asks for three answers; the others unfold a few at a time, without script, and what they hold is never folded', async () => {
	const partsOf = (html: string) => {
		const poll = html.slice(html.indexOf('id="sondage"'));
		return [...poll.matchAll(/<details([^>]*)>|name="options\[\]"|name="poll_days"/g)].map(([all, open]) =>
			all.startsWith('<details') ? (open!.includes('open') ? 'open' : 'more') : all.slice(6, 13),
		);
	};
	const empty = partsOf((await odile.get('/fil/publier')).html).join(' ');
	expect(empty.replaceAll('options', 'o').split(' poll_da')[0]).toBe('o o o more o o o more o o o o');
	const typed = ['Lundi', 'Mardi', '', '', 'Jeudi', '', '', '', 'a'.repeat(121)];
	const refused = await publish({ text: 'Quel soir ?', 'options[]': typed });
	expect(partsOf(refused.html)).not.toContain('more');
	const some = await publish({ text: '', 'options[]': typed.slice(0, 5) });
	expect(partsOf(some.html).filter((part) => part === 'open' || part === 'more')).toEqual(['open', 'more']);
});

test('the answers of a poll are still written after a refusal, unfolded, and what is wrong is said at its own', async () => {
	const options = ['Jeudi', 'a'.repeat(121), '', 'Samedi'];
	const refused = await publish({ text: 'Quel soir ?', 'options[]': options });
	const held = [...refused.html.matchAll(/<input[^>]*name="options\[\]"[^>]*>/g)].map(
		([input]) => /value="([^"]*)"/.exec(input)?.[1] ?? '',
	);
	expect(held.slice(0, 4)).toEqual(options);
	expect(refused.html).toMatch(/<details id="sondage"[^>]* open/);
	expect(refused.html).toContain('id="options.1-error"');
	const emptied = await publish({ text: '', 'options[]': ['Jeudi', 'Samedi'] });
	expect(emptied.html).toMatch(/<details id="sondage"[^>]* open/);
});

test('each sentence at the top of a refused post leads to a place of the page', async () => {
	const wrongs: Record<string, string | string[]>[] = [
		{ text: 'Le 06 12 34 56 78' },
		{ text: ' ' },
		{ 'options[]': ['Oui', ''] },
		{ 'options[]': ['a'.repeat(121), 'Non'] },
		{ link_url: 'ftp://rive.example', poll_days: '400', audience: '' },
	];
	// Somebody else: Odile has said all that one may in a quarter of an hour.
	const mathis = await browser('mathis');
	for (const fields of wrongs) {
		const { html } = await mathis.post('/fil/publier?/publish', {
			audience: here,
			text: 'Bonjour',
			...fields,
		});
		const summary = /<div class="error-summary".*?<\/div>/s.exec(html)![0];
		const places = [...summary.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
		expect(places.length).toBeGreaterThan(0);
		for (const id of places) expect([id, html.includes(`id="${id}"`)]).toEqual([id, true]);
	}
});
