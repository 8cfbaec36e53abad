import { beforeEach, describe, expect, test } from 'vitest';
import { noteSpoken } from '#domains/friends/index.ts';
import { saveAbout, saveReach } from '#domains/profiles/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';

stage();

beforeEach(async () => {
	await asSystem('test', async (tx) => {
		for (const table of ['friends.shown', 'profiles.field', 'profiles.opening'])
			await tx.run(sql`delete from ${sql.raw(table)}`);
	});
	await saveReach(await as('odile'), {
		phone: '06 39 98 12 34',
		phone_audience: 'friends',
		email_audience: 'unit',
		unit_audience: 'network',
	});
});
const page = (name: CastName) => `/personnes/${idOf(name)}`;
const open = async (who: CastName, fields: Record<string, string>, about: CastName = 'odile') =>
	(await browser(who)).post(`${page(about)}?/open`, fields);
const openings = () =>
	asSystem('test', (tx) =>
		tx.many<{ what: string; reason: string }>(sql`select what, reason from profiles.opening order by at`),
	);

describe('a person’s page', () => {
	test('empty, it says so, and how to begin', async () => {
		await asSystem('test', (tx) =>
			tx.run(sql`update territory.attachment set until = now() where person_id = ${idOf('lucien')}`),
		);
		const { main } = await (await browser('lucien')).get(page('lucien'));
		expect(main).toContain('Ton profil est vide : une ligne suffit pour commencer.');
	});

	test('says the office and its place; one’s own page offers to change it, another’s to make acquaintance', async () => {
		const samuel = (await (await browser('odile')).get(page('samuel'))).main;
		expect(samuel).toContain('secrétaire, Section de Villebrume');
		expect(samuel).toContain('Faire connaissance');
		const own = (await (await browser('samuel')).get(page('samuel'))).main;
		expect(own).not.toContain('Faire connaissance');
		expect(own).toContain('Mon profil');
	});

	test('shows a line to its audience only', async () => {
		await saveAbout(await as('odile'), { about: 'Je couds', audience: 'unit' });
		expect((await (await browser('mathis')).get(page('odile'))).main).toContain('Je couds');
		await asSystem('test', (tx) =>
			noteSpoken(tx, { byId: idOf('odile'), asUnitId: null, unitId: null, audience: 'network' }),
		);
		const stranger = (await (await browser('tidiane')).get(page('odile'))).main;
		expect(stranger).toContain('Odile Fabrègat');
		expect(stranger).not.toContain('Je couds');
		expect(stranger).toContain('cette personne saura que tu as ouvert sa page');
		expect(await openings()).toEqual([{ what: 'profile', reason: '' }]);
	});

	test('a stranger, a person who left, one not confirmed and nobody are the same 404', async () => {
		const tidiane = await browser('tidiane');
		const answers = [page('odile'), page('josiane'), page('awa'), `/personnes/${idOf('nobody')}`];
		for (const one of answers) expect([one, (await tidiane.get(one)).status]).toEqual([one, 404]);
		expect(await openings()).toEqual([]);
	});
});

describe('opening how to reach somebody', () => {
	test('is shown on that page only, and read by the person in their journal', async () => {
		expect((await (await browser('mathis')).get(page('odile'))).text).not.toContain('odile@rive.example');
		const opened = await open('mathis', { what: 'email' });
		expect([opened.status, opened.to]).toEqual([200, null]);
		expect(opened.main).toContain('odile@rive.example');
		expect((await (await browser('odile')).get('/qui-me-voit')).main).toMatch(
			/Mathis Lanoëz a affiché ton adresse/,
		);
	});

	test('a phone kept for friends is not opened by a neighbour, and leaves no trace', async () => {
		const refused = await open('mathis', { what: 'phone' });
		expect(refused.status).toBe(403);
		expect(refused.text).not.toContain('39 98');
		expect(await openings()).toEqual([]);
	});

	test('who gave none: said in words', async () => {
		await saveReach(await as('mathis'), {
			phone: '',
			phone_audience: 'unit',
			email_audience: 'unit',
			unit_audience: 'unit',
		});
		const asked = await open('samuel', { what: 'phone', reason: 'Tenue du bureau' }, 'mathis');
		expect(asked.main).toContain('Pas de téléphone enregistré.');
	});

	test('through an office a reason is asked, kept in the form, then read by the person', async () => {
		const refused = await open('yamina', { what: 'phone', reason: 'x' });
		expect([refused.status, refused.form!.problems]).toEqual([422, ['reason profiles.reason_needed']]);
		expect(refused.field('reason')).toBe('x');
		expect((await open('yamina', { what: 'phone', reason: 'é'.repeat(201) })).form!.problems).toEqual([
			'reason profiles.reason_long',
		]);
		expect((await openings()).filter(({ what }) => what !== 'profile')).toEqual([]);
		expect((await open('yamina', { what: 'phone', reason: 'Bureau de vote' })).main).toContain(
			'+33639981234',
		);
		expect((await (await browser('odile')).get('/qui-me-voit')).main).toContain('Bureau de vote');
	});

	test('without its second factor the office opens nothing', async () => {
		const yamina = await browser('yamina', { factor: false });
		expect(
			(await yamina.post(`${page('odile')}?/open`, { what: 'phone', reason: 'Bureau de vote' })).status,
		).toBe(404);
	});

	test('what nobody offers is refused', async () => {
		expect((await open('mathis', { what: 'address' })).form!.problems).toEqual(['what app.invalid_value']);
	});
});

describe('who can see me', () => {
	test('lists the offices above one’s unit, none for who is in none, and a journal that is empty until opened', async () => {
		const { main } = await (await browser('odile')).get('/qui-me-voit');
		expect(main.indexOf('Samuel Oudraine')).toBeLessThan(main.indexOf('Yamina Belkassaud'));
		expect(main).not.toContain('Fanny');
		expect(main).toContain('Personne n’a ouvert tes coordonnées ni ta fiche.');
		await asSystem('test', (tx) =>
			tx.run(sql`update territory.attachment set until = now() where person_id = ${idOf('noemie')}`),
		);
		expect((await (await browser('noemie')).get('/qui-me-voit')).main).toContain('Tu n’es dans aucun lieu');
	});
});
