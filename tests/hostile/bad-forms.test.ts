import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { png, zip } from '#platform/files/generators.fixture.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { openPages, type Pages } from './pages.ts';
import { type Visit, visit } from './visit.ts';

stage();
let pages: Pages;
let odile: Visit;
beforeAll(async () => {
	pages = await openPages();
	odile = await visit(pages.origin, 'odile');
}, 300_000);
afterAll(async () => pages?.stop());

const postsLike = async (text: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ n: number }>(sql`select count(*)::int as n from feed.post where text like ${`${text}%`}`),
	))!.n;

test('a cookie that no database keeps is refused once, on a page, not forever', async () => {
	const spoiled = await visit(pages.origin, 'visitor');
	spoiled.cookies.set('x', '%00');
	const { status, ms, main } = await spoiled.get('/sections');
	expect(status).toBe(422);
	expect(main).toContain('Cette réponse n’a pas la forme attendue.');
	expect(ms).toBeLessThan(5000);
	expect((await (await visit(pages.origin, 'visitor')).get('/sections')).status).toBe(200);
});

test('a megabyte of text where no file is taken is refused before it is read, with what to do', async () => {
	const post = await odile.post('/fil/publier?/publish', { text: 'A post', audience: 'network' });
	const id = /#p-([0-9a-f-]{36})$/.exec(post.location)![1]!;
	const text = `megabyte ${'mot '.repeat(300_000)}`;
	const { status, main } = await odile.post(`/publications/${id}?/comment`, { text });
	expect(status).toBe(422);
	expect(main).toContain('C’est trop lourd pour cette page. Reviens en arrière');
	expect((await odile.get(`/publications/${id}`)).main).not.toContain('megabyte');
});

test('a post of a megabyte comes back whole, with a sentence', async () => {
	const text = `too long ${'mot '.repeat(300_000)}.`;
	const shown = await odile.post('/fil/publier?/publish', { text, audience: 'network' });
	expect(shown.status).toBe(422);
	expect(shown.main).toContain('C’est trop long : 10 000 signes au plus. Ton texte est gardé ici.');
	expect(shown.field('text')).toBe(text);
	expect(await postsLike('too long')).toBe(0);
});

test('a script and very deep Markdown are text: published, shown, run by nobody', async () => {
	const text = `deep <script>alert(1)</script> ${'> '.repeat(900)}${'['.repeat(900)}${'**'.repeat(900)}`;
	const done = await odile.post('/fil/publier?/publish', { text, audience: 'network' });
	expect(done.status).toBe(303);
	const id = /#p-([0-9a-f-]{36})$/.exec(done.location)![1]!;
	const shown = await odile.get(`/publications/${id}`);
	expect(shown.status).toBe(200);
	expect(shown.ms).toBeLessThan(5000);
	expect(shown.main).toContain('<script>alert(1)</script>');
});

const png900 = png(30_000, 30_000);
const twoInOne = Buffer.concat([png(10, 10), zip([{ name: 'a.txt', content: 'a' }])]);
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

test.each<[string, Buffer, string]>([
	['900 million pixels', png900, 'Cette image est trop grande : 40 millions de pixels au plus.'],
	['a drawing with a script', svg, 'Ce document contient un programme.'],
	['another file too', twoInOne, 'Ce fichier en cache un autre : on ne le prend pas.'],
	['a plain text', Buffer.from('Bonjour'), 'Ce fichier n’est pas une photo. Mets-le dans « Document ».'],
])('a photo that is %s: a sentence at its field, and the text stays', async (name, bytes, sentence) => {
	const text = `photo: ${name}, écrit à l’instant`;
	const file = new File([new Uint8Array(bytes)], 'photo.png', { type: 'image/png' });
	const shown = await odile.post('/fil/publier?/publish', { text, audience: 'network', 'photos[]': file });
	expect(shown.status).toBe(422);
	expect(shown.main).toContain(sentence);
	expect(shown.field('text')).toBe(text);
	expect(await postsLike(`photo: ${name}`)).toBe(0);
});

test.each([
	['only marks that turn the writing around', '\u202E\u2066', 'Il manque ton nom.'],
	[
		'letters of two alphabets',
		'Оdile Fabrègat',
		'Un mot de ce nom mélange plusieurs alphabets. Écris-le dans un seul.',
	],
	['ten thousand letters', 'a'.repeat(10_000), 'Ce nom est trop long : 80 signes au plus.'],
])('a name of %s: a sentence, and the rest of the form stays', async (_, name, sentence) => {
	const newcomer = await visit(pages.origin, 'visitor');
	const shown = await newcomer.post('/bienvenue', { name, email: 'zoe@rive.example' });
	expect(shown.status).toBe(422);
	expect(shown.main).toContain(sentence);
	expect([shown.field('name'), shown.field('email')]).toEqual([name, 'zoe@rive.example']);
});

test('a unit under itself, or under one of its own: a sentence, and the tree is as it was', async () => {
	const bertrand = await visit(pages.origin, 'bertrand');
	const above = () =>
		asSystem('test', (tx) => tx.many(sql`select id, parent_id, ancestors from territory.unit order by id`));
	const before = await above();
	const under = (unit: string, parent: string) =>
		bertrand.post(`/unites/${idOf(unit)}/structure?/move`, { parent: idOf(parent) });
	for (const shown of [
		await under('valdorsande', 'valdorsande'),
		await under('valdorsande', 'villebrume'),
		await under('orsande', 'villebrume'),
	]) {
		expect(shown.status).toBe(422);
		expect(shown.main).toContain('il ne peut pas être placé sous lui-même.');
	}
	expect(await above()).toEqual(before);
});

test('a list of members that is too heavy, a picture, a page: each says what to do; nothing is kept', async () => {
	const yamina = await visit(pages.origin, 'yamina');
	const bring = (bytes: Buffer, name: string) =>
		yamina.post('/membres/importer?/start', {
			kind: 'members',
			unit: '',
			pasted: '',
			file: new File([new Uint8Array(bytes)], name),
		});
	const heavy = await bring(Buffer.alloc(51 * 1024 * 1024, 'nom;prénom\n'), 'membres.csv');
	expect([heavy.status, heavy.main]).toEqual([422, expect.stringContaining('Ce fichier dépasse 50 Mo.')]);
	const picture = await bring(png900, 'membres.csv');
	expect([picture.status, picture.main]).toEqual([
		422,
		expect.stringContaining('C’est une image. Il faut un fichier CSV.'),
	]);
	const page = await bring(Buffer.from('<!doctype html><table><tr><td>Zoé</table>'), 'membres.csv');
	expect([page.status, page.main]).toEqual([422, expect.stringContaining('C’est une page web.')]);
	const kept = await asSystem('test', (tx) => tx.many(sql`select 1 from imports.import`));
	expect(kept).toEqual([]);
});
