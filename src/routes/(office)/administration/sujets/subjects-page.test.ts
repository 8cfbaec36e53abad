import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { journal, scene } from '#tests/traces.ts';

stage();

let bertrand: Browser;
let odile: Browser;
beforeAll(async () => {
	[bertrand, odile] = [await browser('bertrand'), await browser('odile')];
});
beforeEach(() => scene(sql`delete from platform.bucket`));

const at = '/administration/sujets';
const does = async (act: string, fields: Record<string, string>) =>
	(await bertrand.through(`${at}?/${act}`, fields)).text;
const idNamed = async (name: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select id from groups.subject where name ->> 'fr' = ${name}`),
	))!.id;
const proposal = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select id from groups.proposal order by at desc limit 1`),
	))!.id;

test('a subject is added, named again, moved, taken off and put back; each act is said and kept', async () => {
	expect(await does('add', { name_fr: 'Vergers', name_en: 'Orchards' })).toContain('La liste est à jour.');
	const id = await idNamed('Vergers');
	const twice = await bertrand.post(`${at}?/add`, { name_fr: 'VERGERS', name_en: '' });
	expect([twice.status, twice.form?.problems]).toEqual([422, ['name_fr groups.subject_exists']]);
	expect(twice.main).toContain('La liste a déjà ce sujet : Vergers.');
	const order = async () => {
		const { html } = await bertrand.get(at);
		return html.indexOf('Vergers');
	};
	const before = await order();
	await bertrand.post(`${at}?/move`, { id, direction: 'up' });
	expect(await order()).toBeLessThan(before);
	const gone = await does('retire', { id });
	expect(gone).toContain('Le sujet n’est plus dans la liste.');
	expect(gone).toContain('Annuler');
	expect((await odile.get('/sujets')).main).not.toContain('Vergers');
	expect(await does('restore', { id })).toContain('Le sujet est de retour dans la liste.');
	expect((await odile.get('/sujets')).main).toContain('Vergers');
	for (const act of ['add_subject', 'move_subject', 'retire_subject', 'restore_subject'])
		expect([act, (await journal(`groups.${act}`)).at(-1)?.subject]).toEqual([act, id]);
});

test('names that say nothing, or hold signs of the house, are refused at their field', async () => {
	const why = async (name_fr: string) =>
		(await bertrand.post(`${at}?/add`, { name_fr, name_en: '' })).form?.problems;
	expect(await why('')).toEqual(['name_fr groups.subject_name_needed']);
	expect(await why('x'.repeat(61))).toEqual(['name_fr groups.subject_name_long']);
	expect(await why('Eau {vive}')).toEqual(['name_fr groups.subject_name_signs']);
});

test('who proposes reads the answer; added, or not, with words; answered twice, the second is told', async () => {
	await odile.post('/sujets?/propose', { name: 'Haies', why: 'Elles manquent' });
	expect((await bertrand.get(at)).main).toContain('Elles manquent');
	const id = await proposal();
	const mute = await bertrand.post(`${at}?/answer`, { id, answer: '' });
	expect(mute.form?.problems).toEqual(['answer groups.answer_needed']);
	expect(await does('answer', { id, answer: 'C’est déjà dans Arbres.' })).toContain(
		'La réponse est envoyée.',
	);
	expect((await odile.get('/sujets')).main).toContain('C’est déjà dans Arbres.');
	const again = await bertrand.post(`${at}?/accept`, { id, name_fr: 'Haies', name_en: '' });
	expect(again.status).toBeGreaterThanOrEqual(403);
	expect((await odile.get('/sujets')).main).not.toMatch(/Haies(?=.*Suivre)/s);
	await odile.post('/sujets?/propose', { name: 'Mares', why: '' });
	expect(await does('accept', { id: await proposal(), name_fr: 'Mares', name_en: 'Ponds' })).toContain(
		'La liste est à jour.',
	);
	expect((await odile.get('/sujets/mares')).status).toBe(200);
});

test('nobody else reads the page or changes the list', async () => {
	expect((await odile.get(at)).status).toBe(404);
	expect((await odile.post(`${at}?/add`, { name_fr: 'Intrus', name_en: '' })).status).toBe(404);
	const unsure = await browser('bertrand', { factor: false });
	expect((await unsure.get(at)).to).toContain('/compte/verification');
});
