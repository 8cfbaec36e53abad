import { beforeEach, expect, test } from 'vitest';
import { feedStage, said } from '#domains/feed/stage.fixture.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';

feedStage();

let page: string;
let post: string;
beforeEach(async () => {
	post = await said(await as('samuel'), 'Réunion lundi', { as: idOf('villebrume') });
	page = `/publications/${post}/modifier`;
});
const shown = async () => (await (await browser('odile')).get(`/publications/${post}`)).main;

test('the words are there to correct; saved, they are shown with the mention that they changed', async () => {
	const samuel = await browser('samuel');
	const form = await samuel.get(page);
	expect([form.field('text'), form.field('version')]).toEqual(['Réunion lundi', '1']);
	const done = await samuel.through(`${page}?/edit`, { text: 'Réunion mardi', version: '1' });
	expect(done.text).toContain('Ton message est corrigé.');
	expect(await shown()).toMatch(/modifié .*Réunion mardi/);
});

test('saved by two at once: one is told to read again, and finds their own words and the new version', async () => {
	const [samuel, yamina] = [await browser('samuel'), await browser('yamina')];
	const both = await Promise.all([
		samuel.post(`${page}?/edit`, { text: 'Réunion mardi', version: '1' }),
		yamina.post(`${page}?/edit`, { text: 'Réunion jeudi', version: '1' }),
	]);
	expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
	const lost = both.find(({ status }) => status === 409)!;
	expect(lost.main).toContain('Quelqu’un l’a modifié entre-temps. Relis avant d’enregistrer.');
	expect(lost.field('version')).toBe('2');
	expect(lost.field('text')).toBe(lost === both[0] ? 'Réunion mardi' : 'Réunion jeudi');
	expect(await shown()).toContain(lost === both[0] ? 'Réunion jeudi' : 'Réunion mardi');
});

test('nothing left, or somebody’s number: said at the field, and the post keeps its words', async () => {
	const samuel = await browser('samuel');
	const empty = await samuel.post(`${page}?/edit`, { text: ' ', version: '1' });
	expect(empty.form!.problems).toEqual(['text feed.text_needed']);
	const number = await samuel.post(`${page}?/edit`, { text: 'Le 06 12 34 56 78', version: '1' });
	expect(number.main).toContain('Oui, je le publie quand même');
	expect(number.field('text')).toBe('Le 06 12 34 56 78');
	expect(await shown()).toContain('Réunion lundi');
	await samuel.post(`${page}?/edit`, { text: 'Le 06 12 34 56 78', version: '1', personal_ok: 'on' });
	expect(await shown()).toContain('06 12 34 56 78');
});

test('who reads it does not correct it; who does not read it finds nothing; an office without its second factor neither', async () => {
	expect((await (await browser('odile')).get(page)).status).toBe(403);
	expect((await (await browser('odile')).post(`${page}?/edit`, { text: 'Non' })).status).toBe(403);
	expect((await (await browser('ines')).get(page)).status).toBe(404);
	expect((await (await browser('samuel', { factor: false })).get(page)).status).toBe(200);
	expect((await (await browser('yamina', { factor: false })).get(page)).status).toBe(404);
	expect(await shown()).toContain('Réunion lundi');
});
