import { beforeEach, describe, expect, test } from 'vitest';
import { ask } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

let odile: Browser;
beforeEach(async () => {
	await asSystem('test', async (tx) => {
		await tx.run(sql`delete from platform.bucket`);
		await tx.run(sql`delete from people.token`);
	});
	odile = await browser('odile');
});
const id = idOf('odile');

describe('one’s name', () => {
	test('changes everywhere at once', async () => {
		const done = await odile.through('/compte?/name', { name: '  Odile   Fabre ' });
		expect(done.text).toContain('C’est noté.');
		expect((await (await browser('mathis')).get(`/personnes/${id}`)).main).toContain('Odile Fabre');
		await odile.post('/compte?/name', { name: 'Odile Fabrègat' });
	});

	test.each([
		[' ', 'name people.name_problem.empty'],
		['a'.repeat(81), 'name people.name_problem.too_long'],
	])('« %s » is refused, and the name stays', async (name, problem) => {
		expect((await odile.post('/compte?/name', { name })).form!.problems).toEqual([problem]);
		expect(await ask(sql`select name as value from people.person where id = ${id}::uuid`)).toBe(
			'Odile Fabrègat',
		);
	});
});

describe('what one is up to', () => {
	test('is shown until it ends, then it is not; emptied, it is gone', async () => {
		expect((await odile.through('/compte?/status', { text: 'Au marché', hours: '4' })).text).toContain(
			'C’est affiché.',
		);
		const mathis = await browser('mathis');
		expect((await mathis.get(`/personnes/${id}`)).main).toContain('Au marché');
		await asSystem('test', (tx) =>
			tx.run(sql`update people.person set status_until = now() - interval '1 second' where id = ${id}::uuid`),
		);
		expect((await mathis.get(`/personnes/${id}`)).main).not.toContain('Au marché');
		expect((await odile.through('/compte?/status', { text: '', hours: '4' })).text).toContain(
			'C’est effacé.',
		);
	});

	test('too long is refused and kept in its field', async () => {
		const refused = await odile.post('/compte?/status', { text: 'é'.repeat(121), hours: '4' });
		expect(refused.form!.problems).toEqual(['text people.status_long']);
		expect(refused.field('text')).toHaveLength(121);
	});
});

describe('how pages look', () => {
	test('is remembered by this browser and by the account; in English, pages speak it', async () => {
		const look = { text_size: '130', colour_mode: 'dark', low_data: 'on', language: 'en' };
		const done = await odile.through('/compte?/display', look);
		expect([odile.cookies.get('text'), odile.cookies.get('mode'), odile.cookies.get('data')]).toEqual([
			'130',
			'dark',
			'low',
		]);
		expect(done.main).toContain('My account');
		expect((await (await browser('odile')).get('/compte')).main).toContain('My account');
		await odile.post('/compte?/display', { text_size: '100', colour_mode: 'auto', language: 'fr' });
		expect((await odile.get('/compte')).main).toContain('Mon compte');
	});

	test('a size or a colour that is none is refused', async () => {
		expect(
			(await odile.post('/compte?/display', { text_size: '999', colour_mode: 'pink', language: 'fr' }))
				.status,
		).toBe(422);
		expect(odile.cookies.has('text')).toBe(false);
	});
});

describe('keys for programs', () => {
	const make = (fields: object = {}) =>
		odile.post('/compte/jetons?/create', {
			name: 'Agenda',
			'scopes[]': ['feed:read'],
			days: '30',
			...fields,
		});
	test('the secret is shown once, in the answer itself, and kept as a hash', async () => {
		const made = await make();
		const secret = made.field('secret')!;
		expect(secret).toMatch(/^coopol_[\w-]{43}$/);
		const later = await odile.get('/compte/jetons');
		expect(later.main).toContain('Agenda');
		expect(later.html.includes(secret)).toBe(false);
		const rows = await asSystem('test', (tx) => tx.many(sql`select * from people.token`));
		expect(JSON.stringify(rows)).not.toContain(secret);
	});

	test.each<[string, object, string]>([
		['without a name', { name: ' ' }, 'name people.token_name_missing'],
		['with a long one', { name: 'a'.repeat(61) }, 'name people.token_name_long'],
		['that may do nothing', { 'scopes[]': [] }, 'scopes people.token_scopes_missing'],
		['that may do what nobody can', { 'scopes[]': ['house:burn'] }, 'scopes app.invalid_value'],
		['for ever', { days: '9999' }, 'days app.invalid_value'],
	])('one %s is refused, and none is made', async (_, fields, problem) => {
		expect((await make(fields)).form!.problems).toEqual([problem]);
		expect(await ask<number>(sql`select count(*)::int as value from people.token`)).toBe(0);
	});

	test('twenty at most, even asked for at once', async () => {
		await asSystem('test', async (tx) => {
			for (let n = 0; n < 18; n++)
				await tx.run(sql`insert into people.token (id, person_id, name, hash, scopes, expires_at)
					values (${idOf(`token ${n}`)}, ${id}, 'x', ${`hash ${n}`}, '{feed:read}', now() + interval '1 day')`);
		});
		const answers = await Promise.all([1, 2, 3, 4, 5].map(() => make()));
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
		expect(answers.find(({ status }) => status === 422)!.main).toContain(
			'Vingt clés au plus. Retires-en une.',
		);
	});

	test('without a fresh second factor none is made', async () => {
		const plain = await browser('odile', { factor: false });
		const { to, status } = await plain.post('/compte/jetons?/create', {
			name: 'x',
			'scopes[]': ['feed:read'],
			days: '30',
		});
		expect([status, to?.split('?')[0]]).toEqual([303, '/compte/verification']);
		expect(await ask<number>(sql`select count(*)::int as value from people.token`)).toBe(0);
	});

	test('is ended by its person, and by nobody else', async () => {
		await make();
		const token = (await ask<string>(sql`select id as value from people.token`))!;
		const mathis = await browser('mathis');
		expect((await mathis.post('/compte/jetons?/revoke', { id: token })).status).toBe(404);
		expect((await odile.through('/compte/jetons?/revoke', { id: token })).text).toContain('Clé retirée.');
		expect((await odile.get('/compte/jetons')).main).toContain('Aucune clé pour le moment.');
	});
});

describe('where one is signed in', () => {
	test('each browser is a line; one is ended alone, the others together', async () => {
		await asSystem('test', (tx) =>
			tx.run(sql`update people.session set revoked_at = now() where person_id = ${id}::uuid`),
		);
		odile = await browser('odile');
		const [tablet, phone] = [await browser('odile'), await browser('odile')];
		expect((await odile.get('/compte/securite')).main).toContain('cet appareil');
		const others = await odile.through('/compte/securite?/revokeOthers');
		expect(others.text).toContain('2 appareils déconnectés.');
		expect([(await tablet.get('/fil')).status, (await phone.get('/fil')).status]).toEqual([303, 303]);
		expect((await odile.get('/fil')).status).toBe(200);
		expect((await odile.through('/compte/securite?/revokeOthers')).text).toContain('Aucun autre appareil.');
	});

	test('somebody else’s session does not exist', async () => {
		const session = (await ask<string>(
			sql`select id as value from people.session where person_id = ${id}::uuid and revoked_at is null limit 1`,
		))!;
		expect((await (await browser('mathis')).post('/compte/securite?/revoke', { id: session })).status).toBe(
			404,
		);
		expect((await odile.get('/fil')).status).toBe(200);
	});
});
