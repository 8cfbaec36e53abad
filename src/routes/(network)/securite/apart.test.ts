import { beforeEach, describe, expect, test } from 'vitest';
import { comment } from '#domains/feed/index.ts';
import { befriend, feedStage, said, to } from '#domains/feed/stage.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';

feedStage();

beforeEach(() =>
	asSystem('test', async (tx) => {
		await tx.run(sql`delete from safety.block`);
		await tx.run(sql`delete from safety.mute`);
	}),
);
const about = (name: CastName) => `/securite/bloquer?personne=${idOf(name)}`;
const person = (name: CastName) => ({ person: idOf(name) });
const kept = () =>
	asSystem('test', (tx) =>
		tx.one<{ n: number }>(
			sql`select (select count(*) from safety.block)::int + (select count(*) from safety.mute)::int as n`,
		),
	).then((row) => row!.n);

describe('blocking', () => {
	test('is explained before it is done, done for both, told to nobody, and undone from the toast', async () => {
		const [odile, mathis] = [await browser('odile'), await browser('mathis')];
		const asked = await odile.get(about('mathis'));
		expect(asked.main).toContain('Mathis Lanoëz ne le sait pas.');
		const done = await odile.through(`${about('mathis')}&/block`, person('mathis'));
		expect(done.text).toContain('C’est bloqué. La personne n’est pas prévenue.');
		expect(done.main).toContain('1 personne bloquée');
		expect((await mathis.get(`/personnes/${idOf('odile')}`)).status).toBe(404);
		expect((await mathis.get('/avis')).main).toContain('Rien de neuf');
		const back = await odile.through('/securite?/unblock', person('mathis'));
		expect(back.text).toContain('C’est débloqué.');
		expect(back.main).toContain('Tu ne tiens personne à distance');
		expect((await mathis.get(`/personnes/${idOf('odile')}`)).status).toBe(200);
	});

	test('two are two', async () => {
		const odile = await browser('odile');
		await odile.post(`${about('mathis')}&/block`, person('mathis'));
		await odile.post(`${about('lucien')}&/block`, person('lucien'));
		const { main } = await odile.get('/securite');
		expect(main).toContain('2 personnes bloquées');
		expect(main.indexOf('Lucien')).toBeLessThan(main.indexOf('Mathis'));
	});

	test('takes their words from each other’s home, search and pages, and leaves them to the others', async () => {
		await befriend('odile', 'mathis');
		const id = await said(await as('mathis'), 'Pétanque dimanche', to('network'));
		const odile = await browser('odile');
		const found = async () => [
			(await odile.get('/fil')).main.includes('Pétanque'),
			(await odile.get('/recherche?q=pétanque')).main.includes('Pétanque'),
			(await odile.get(`/publications/${id}`)).status,
		];
		expect(await found()).toEqual([true, true, 200]);
		await odile.post(`${about('mathis')}&/block`, person('mathis'));
		expect(await found()).toEqual([false, false, 404]);
		expect((await (await browser('samuel')).get(`/publications/${id}`)).status).toBe(200);
	});
});

describe('muting', () => {
	test('empties one’s own home of them and changes nothing for them', async () => {
		await said(await as('gerard'), 'Encore moi');
		const odile = await browser('odile');
		const done = await odile.through(`${about('gerard')}&/mute`, person('gerard'));
		expect(done.text).toContain('C’est masqué.');
		expect(done.main).toContain('1 personne masquée');
		expect((await odile.get('/fil')).main).not.toContain('Encore moi');
		expect((await (await browser('gerard')).get(`/personnes/${idOf('odile')}`)).status).toBe(200);
		expect((await odile.get(about('gerard'))).main).toContain('C’est déjà fait.');
		await odile.post('/securite?/unmute', person('gerard'));
		expect((await odile.get('/fil')).main).toContain('Encore moi');
	});
});

describe('refused', () => {
	test('oneself: refused in words, and nothing is kept', async () => {
		const odile = await browser('odile');
		expect((await odile.get(about('odile'))).html).toContain('safety.not_oneself');
		const refused = await odile.post('/securite?/block', person('odile'));
		expect([refused.status, refused.form!.problems]).toEqual([422, [' safety.not_oneself']]);
		expect(await kept()).toBe(0);
	});

	test('somebody one cannot know: no form, no act, and never their name', async () => {
		const odile = await browser('odile');
		for (const name of ['noemie', 'awa', 'josiane'] as const) {
			expect((await odile.get(about(name))).status).toBe(404);
			for (const action of [
				'/securite/bloquer?/block',
				'/securite/bloquer?/mute',
				'/securite?/block',
				'/securite?/mute',
			])
				expect([name, action, (await odile.post(action, person(name))).status]).toEqual([name, action, 404]);
		}
		expect(await kept()).toBe(0);
		expect((await odile.get('/securite')).main).not.toContain('Noémie');
	});

	test('who wrote words one reads under a friend’s is kept apart from the report itself; unread, they do not exist', async () => {
		await befriend('odile', 'ines');
		await befriend('odile', 'tidiane');
		const post = await said(await as('odile'), 'Entre nous', to('friends'));
		const id = await comment(await as('tidiane'), post, { text: 'Rien que nous', reply_to: '' });
		const [ines, gerard] = [await browser('ines'), await browser('gerard')];
		const report = await ines.get(`/securite/signaler?kind=comment&id=${id}`);
		const link = /\/securite\/bloquer\?personne=[^"]+/.exec(report.html)![0].replaceAll('&amp;', '&');
		expect((await ines.get(about('tidiane'))).status).toBe(404);
		const page = await ines.get(link);
		expect(page.main).toContain('Tidiane Solvignac ne le sait pas.');
		expect(page.html).not.toContain(`href="/personnes/${idOf('tidiane')}"`);
		expect((await gerard.get(link)).status).toBe(404);
		expect((await ines.get(link.replace(idOf('tidiane'), idOf('noemie')))).status).toBe(404);
		expect((await gerard.post(`${link}&/block`, person('tidiane'))).status).toBe(404);
		expect((await ines.post(`${link}&/block`, person('tidiane'))).to).toBe('/securite');
		expect(await kept()).toBe(1);
	});

	test('an id that is none', async () => {
		const odile = await browser('odile');
		expect((await odile.get('/securite/bloquer?personne=odile')).status).toBe(404);
		expect((await odile.get('/securite/bloquer')).status).toBe(404);
		expect((await odile.post('/securite?/block', { person: 'x' })).form!.problems).toEqual([
			'person app.invalid_value',
		]);
	});

	test('a suspended person reads their page and keeps nobody apart', async () => {
		const thibaud = await browser('thibaud');
		expect((await thibaud.get('/securite')).status).toBe(200);
		expect((await thibaud.post('/securite?/block', person('odile'))).status).toBe(404);
		expect(await kept()).toBe(0);
	});
});
