import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

let odile: Browser;
beforeEach(async () => {
	await asSystem('test', (tx) => tx.run(sql`delete from profiles.field`));
	odile = await browser('odile');
});
const kept = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ said: string }>(
				sql`select value->>'text' as said from profiles.field where kind not in ('phone', 'email', 'unit') order by position`,
			),
		)
	).map(({ said }) => said);
const rows = (...lines: Record<string, string>[]) => {
	const column = (name: string, start = '') => lines.map((line) => line[name] ?? start);
	return {
		'id[]': column('id'),
		'text[]': column('text'),
		'place[]': column('place'),
		'url[]': column('url'),
		'since[]': column('since'),
		'until[]': column('until'),
		'audience[]': column('audience', 'network'),
	};
};
const savoirs = '/mon-profil/savoir-faire';

describe('a few words about oneself', () => {
	test('are kept with who reads them, and go when emptied', async () => {
		const done = await odile.through('/mon-profil?/about', {
			about: 'Je couds\r\nle soir',
			audience: 'friends',
		});
		expect(done.text).toContain('C’est noté.');
		expect(done.field('about')).toBe('Je couds\nle soir');
		await odile.post('/mon-profil?/about', { about: ' ', audience: 'friends' });
		expect(await kept()).toEqual([]);
	});

	test.each<[string, Record<string, string>, string]>([
		['too long', { about: 'é'.repeat(2001), audience: 'unit' }, 'about profiles.too_long'],
		['for nobody known', { about: 'Je couds', audience: 'everybody' }, 'audience app.invalid_value'],
	])('%s: refused at the field, typed words kept, nothing written', async (_, fields, problem) => {
		const refused = await odile.post('/mon-profil?/about', fields);
		expect([refused.status, refused.form!.problems]).toEqual([422, [problem]]);
		expect(refused.field('about')).toBe(fields.about);
		expect(await kept()).toEqual([]);
	});
});

describe('how to be reached', () => {
	const reach = (fields: Record<string, string> = {}) =>
		odile.post('/mon-profil?/reach', {
			phone: '06 39 98 12 34',
			phone_audience: 'unit',
			email_audience: 'me',
			unit_audience: 'me',
			...fields,
		});
	test('a number is kept sealed, shown back to its owner only', async () => {
		expect((await reach()).status).toBe(303);
		expect((await odile.get('/mon-profil')).field('phone')).toBe('+33639981234');
		const stored = await asSystem('test', (tx) =>
			tx.many(sql`select * from people.contact where person_id = ${idOf('odile')}`),
		);
		expect(JSON.stringify(stored)).not.toMatch(/39 ?98 ?12 ?34/);
	});

	test('a number that is none is refused in words, and the one kept stays', async () => {
		await reach();
		const refused = await reach({ phone: '12' });
		expect(refused.form!.problems).toEqual(['phone profiles.phone_shape']);
		expect(refused.main).toContain('Ce numéro ne va pas.');
		expect(refused.field('phone')).toBe('12');
		expect((await odile.get('/mon-profil')).field('phone')).toBe('+33639981234');
	});
});

describe('lines of one kind', () => {
	test('are added, changed and removed by the same form, and counted on the first page', async () => {
		await odile.post(`${savoirs}?/save`, rows({ text: 'Coudre' }, { text: 'Conduire' }, { text: '' }));
		expect(await kept()).toEqual(['Coudre', 'Conduire']);
		expect((await odile.get('/mon-profil')).main).toContain('2 lignes');
		const ids = [...(await odile.get(savoirs)).html.matchAll(/name="id\[\]" value="([0-9a-f-]{36})"/g)].map(
			([, id]) => id!,
		);
		await odile.post(`${savoirs}?/save`, {
			...rows({ id: ids[0]!, text: 'Broder' }, { id: ids[1]!, text: 'Conduire' }),
			'remove[]': [ids[1]!],
		});
		expect(await kept()).toEqual(['Broder']);
		expect((await odile.get('/mon-profil')).main).toContain('une ligne');
	});

	test('each mistake is said at its row, and none of the good rows is half written', async () => {
		const refused = await odile.post(
			'/mon-profil/mandats?/save',
			rows(
				{ text: 'Conseil', since: '2020', until: '2014' },
				{ text: 'Mairie', since: 'hier' },
				{ place: 'Villebrume', url: 'x' },
				{ text: 'Maison' },
			),
		);
		expect(refused.form!.problems.toSorted()).toEqual(
			[
				'since.1 profiles.year_shape',
				'until.0 profiles.until_before',
				'text.2 profiles.text_needed',
			].toSorted(),
		);
		expect(await kept()).toEqual([]);
	});

	test('a link must lead somewhere', async () => {
		for (const url of ['javascript:alert(1)', 'rive.example', 'https://moi:secret@rive.example'])
			expect(
				(await odile.post('/mon-profil/liens?/save', rows({ text: 'Site', url }))).form!.problems,
			).toEqual(['url.0 profiles.link_shape']);
		expect((await odile.post('/mon-profil/liens?/save', rows({ url: 'https://rive.example' }))).status).toBe(
			303,
		);
	});

	test('the twenty-first is refused, the twenty stay', async () => {
		const twenty = Array.from({ length: 20 }, (_, n) => ({ text: `Savoir ${n}` }));
		await odile.post(`${savoirs}?/save`, rows(...twenty));
		expect((await odile.post(`${savoirs}?/save`, rows({ text: 'Un de trop' }))).form!.problems).toEqual([
			' profiles.too_many',
		]);
		expect(await kept()).toHaveLength(20);
	});

	test('a kind that is none does not exist', async () => {
		expect([
			(await odile.get('/mon-profil/secrets')).status,
			(await odile.post('/mon-profil/secrets?/save', rows())).status,
		]).toEqual([404, 404]);
	});

	test('somebody else’s line is not taken over by its id', async () => {
		await odile.post(`${savoirs}?/save`, rows({ text: 'Coudre' }));
		const id = /name="id\[\]" value="([0-9a-f-]{36})"/.exec((await odile.get(savoirs)).html)![1]!;
		const mathis = await browser('mathis');
		await mathis.post(`${savoirs}?/save`, rows({ id, text: 'Volé' }));
		await mathis.post(`${savoirs}?/save`, { ...rows({ id, text: '' }), 'remove[]': [id] });
		expect((await odile.get(savoirs)).field('text[]')).toBe('Coudre');
	});
});

test('a suspended person changes nothing', async () => {
	const thibaud = await browser('thibaud');
	expect([
		(await thibaud.get('/mon-profil')).status,
		(await thibaud.post('/mon-profil?/about', { about: 'x', audience: 'me' })).status,
	]).toEqual([404, 404]);
	expect(await kept()).toEqual([]);
});
