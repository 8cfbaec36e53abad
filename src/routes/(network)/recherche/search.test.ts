import { beforeAll, describe, expect, test } from 'vitest';
import { feedStage, said, to } from '#domains/feed/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { as } from '#tests/stage.ts';

feedStage();

let odile: Browser;
beforeAll(async () => {
	await asSystem('test', (tx) => tx.run(sql`update people.person set created_at = '2025-01-01'`));
	odile = await browser('odile');
	await said(await as('samuel'), 'La fanfare joue samedi');
	await said(await as('ines'), 'La fanfare des autres', {
		audience: { audience: 'unit', unitId: (await as('ines')).units[0]! },
	});
	for (let n = 0; n < 8; n++) await said(await as('samuel'), `Tombola numéro ${n}`, to('network'));
});
const find = async (q: string, within = '', who = odile) =>
	(await who.get(`/recherche?q=${encodeURIComponent(q)}${within && `&dans=${within}`}`)).main;

describe('the page', () => {
	test('before anything is typed it explains; when nothing is found it helps', async () => {
		expect(await find('')).toContain('Tu ne trouves que ce que tu peux voir.');
		expect(await find('zzzz')).toContain('Rien pour « zzzz »');
		expect(await find('zzzz', 'messages')).toContain('Essaie partout');
	});

	test('people, places and posts, each under its title', async () => {
		expect(await find('samuel')).toContain('Samuel Oudraine');
		expect(await find('villebrume')).toContain('Section de Villebrume');
		const posts = await find('fanfare');
		expect(posts).toContain('La fanfare joue samedi');
		expect(posts).not.toContain('des autres');
	});

	test('a few, then all of one kind; a kind that is none is everything', async () => {
		const few = await find('tombola');
		expect(few.match(/Tombola numéro/g)!.length).toBeLessThan(8);
		expect(few).toContain('Voir plus de messages');
		const all = await find('tombola', 'messages');
		expect(all.match(/Tombola numéro/g)).toHaveLength(8);
		expect(await find('tombola', 'secrets')).toBe(few);
	});

	test('what was typed is shown back as text, never as a tag', async () => {
		const { html } = await odile.get(`/recherche?q=${encodeURIComponent('<script>alert(1)</script>')}`);
		expect(html.includes('<script>alert(1)')).toBe(false);
	});

	test('asks for an account; suspended, there is no such page', async () => {
		expect((await (await browser('visitor')).get('/recherche?q=odile')).to).toBe(
			'/connexion?next=%2Frecherche%3Fq%3Dodile',
		);
		expect((await (await browser('thibaud')).get('/recherche?q=odile')).status).toBe(404);
	});
});

describe('suggestions while typing', () => {
	const suggest = async (q: string, who = odile) =>
		JSON.parse((await who.get(`/recherche/suggestions?q=${encodeURIComponent(q)}`)).html) as {
			value: string;
			label: string;
			hint: string;
		}[];

	test('say who and what, in the words of the organisation', async () => {
		expect(await suggest('samu')).toEqual([
			{ value: 'Samuel Oudraine', label: 'Samuel Oudraine', hint: 'secrétaire, Section de Villebrume' },
		]);
		expect(await suggest('villeb')).toEqual([
			{ value: 'Section de Villebrume', label: 'Section de Villebrume', hint: 'section' },
		]);
	});

	test('nothing typed, nothing proposed; two signs propose close people only', async () => {
		expect(await suggest('')).toEqual([]);
		const labels = (await suggest('sa')).map(({ label }) => label);
		expect(labels).toContain('Samuel Oudraine');
		expect(labels).not.toContain('Sabrina Tessouane');
	});

	test('never propose who does not exist for the one who types, nor more than eight', async () => {
		expect(await suggest('inès')).toEqual([]);
		expect((await suggest('s')).length).toBeLessThanOrEqual(8);
		expect((await (await browser('visitor')).get('/recherche/suggestions?q=sam')).status).toBe(303);
	});

	test('are kept by one’s own browser alone', async () => {
		const { headers } = await odile.get('/recherche/suggestions?q=sam');
		expect(headers.get('cache-control')).toBe('private, max-age=10');
	});
});
