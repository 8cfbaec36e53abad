import { beforeEach, describe, expect, test } from 'vitest';
import { linkSecretOf } from '#domains/people/challenge.ts';
import { ask, codeOf } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`)));
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const begin = async (email = 'odile@rive.example', next = '') => {
	const who = await browser('visitor');
	const asked = await who.post(`/connexion?${next && `next=${next}&`}/code`, { email });
	return { who, asked, code: codeOf(who.cookies.get('entry-code')!) };
};
const enter = (who: Browser, code: string, next = '') =>
	who.post(`/connexion/code${next && `?next=${next}`}`, { code });
const sessions = () =>
	ask<number>(
		sql`select count(*)::int as value from people.session where person_id = ${idOf('odile')}::uuid`,
	);

describe('by a code', () => {
	test('the page says the same for an address that has an account and one that has none', async () => {
		const [known, unknown] = [await begin(), await begin('nobody@rive.example')];
		expect([known.asked.to, unknown.asked.to]).toEqual(['/connexion/code', '/connexion/code']);
		const page = async ({ who }: { who: Browser }) => (await who.get('/connexion/code')).main;
		// The address is the one that was typed, whoever has it.
		expect((await page(known)).replace('odile', 'nobody')).toBe(await page(unknown));
		expect(await page(known)).toContain('Si un compte existe à l’adresse odile@rive.example');
	});

	test('right: in, led where one was going, with a new session and no step left', async () => {
		const { who, code } = await begin('odile@rive.example', '%2Fcontacts');
		const before = (await sessions())!;
		expect((await enter(who, code, '%2Fcontacts')).to).toBe('/contacts');
		expect(await sessions()).toBe(before + 1);
		expect(who.cookies.has('entry-code')).toBe(false);
		expect((await who.get('/contacts')).status).toBe(200);
	});

	test('nobody is led to another site by an address that was handed to them', async () => {
		for (const next of ['https://mal.example', '//mal.example', '/\\mal.example']) {
			const { who, code } = await begin('ines@rive.example', encodeURIComponent(next));
			expect((await enter(who, code, encodeURIComponent(next))).to).toBe('/fil');
		}
	});

	test('wrong: how many tries are left, then none, and the right one comes too late', async () => {
		const { who, code } = await begin();
		const before = await sessions();
		expect((await enter(who, wrong(code))).main).toContain('Il reste 4 essais.');
		for (let n = 0; n < 2; n++) await enter(who, wrong(code));
		expect((await enter(who, wrong(code))).main).toContain('Il reste un essai.');
		expect((await enter(who, wrong(code))).main).toContain('Trop de codes faux. Demande un autre code.');
		const late = await enter(who, code);
		expect([late.status, late.form!.problems]).toEqual([422, ['code people.code_spent']]);
		expect(await sessions()).toBe(before);
	});

	test('over after a quarter of an hour, and after it served', async () => {
		const { who, code } = await begin();
		await asSystem('test', (tx) =>
			tx.run(
				sql`update people.challenge set expires_at = now() where id = ${who.cookies.get('entry-code')!}::uuid`,
			),
		);
		expect((await enter(who, code)).main).toContain('Ce code ne sert plus. Demande un autre code.');
		const again = await begin();
		const [id] = [again.who.cookies.get('entry-code')!];
		await enter(again.who, again.code);
		again.who.cookies.set('entry-code', id);
		expect((await enter(again.who, again.code)).form!.problems).toEqual(['code people.code_over']);
	});

	test('sent twice at once, it opens one session', async () => {
		const { who, code } = await begin();
		const before = (await sessions())!;
		const other = await browser('visitor');
		other.cookies.set('entry-code', who.cookies.get('entry-code')!);
		await Promise.all([enter(who, code), enter(other, code)]);
		expect(await sessions()).toBe(before + 1);
	});

	test.each([
		['', 'code people.code_missing', 'Il manque le code.'],
		['1'.repeat(41), 'code people.code_shape', 'Le code a six chiffres.'],
	])('« %s » is refused at its field, and never shown back', async (code, problem, sentence) => {
		const { who } = await begin();
		const refused = await enter(who, code);
		expect(refused.form!.problems).toEqual([problem]);
		expect(refused.main).toContain(sentence);
		expect(refused.field('code')).toBe('');
	});

	test('without having asked, one is led to ask', async () => {
		expect((await (await browser('visitor')).get('/connexion/code')).to).toBe('/connexion');
	});

	test.each([
		['', 'email people.email_missing'],
		['odile', 'email people.email_shape'],
		['odile@', 'email people.email_shape'],
	])('the address « %s » is refused, kept in the form, and no code is made', async (email, problem) => {
		const who = await browser('visitor');
		const before = await ask<number>(sql`select count(*)::int as value from people.challenge`);
		const refused = await who.post('/connexion?/code', { email });
		expect([refused.form!.problems, refused.field('email')]).toEqual([[problem], email]);
		expect(await ask<number>(sql`select count(*)::int as value from people.challenge`)).toBe(before);
	});
});

describe('by the link of the mail', () => {
	test('opening it does not sign in by itself: a mail program that looks first spends nothing', async () => {
		const { who } = await begin('gerard@rive.example');
		const cle = linkSecretOf(who.cookies.get('entry-code')!);
		const other = await browser('visitor');
		for (const _ of [1, 2])
			expect((await other.get(`/connexion/lien?cle=${cle}`)).main).toContain('C’est bien toi ?');
		expect((await other.post(`/connexion/lien?cle=${cle}`, { cle })).to).toBe('/fil');
		expect((await other.post('/connexion/lien', { cle })).form!.problems).toEqual(['code people.code_over']);
		expect((await other.post('/connexion/lien', { cle: 'x' })).form!.problems).toEqual([
			'code people.code_over',
		]);
	});
});

describe('by a password', () => {
	test('an address without account, one without password and a wrong password read the same', async () => {
		const who = await browser('visitor');
		const tried = async (email: string) =>
			who.post('/connexion?/password', { email, password: 'quatre mots sans rapport' });
		const answers = [await tried('odile@rive.example'), await tried('nobody@rive.example')];
		expect(answers.map(({ form }) => form!.problems[0])).toEqual([
			answers[0]!.form!.problems[0],
			answers[0]!.form!.problems[0],
		]);
		expect(answers[1]!.main).toContain(
			'Adresse ou mot de passe inconnus. Le code par e-mail marche toujours.',
		);
		expect(answers[1]!.html.includes('quatre mots sans rapport')).toBe(false);
	});
});

describe('leaving', () => {
	test('ends this session, and says goodbye', async () => {
		const odile = await browser('odile');
		expect((await odile.get('/deconnexion')).main).toContain('Sur un appareil partagé');
		const secret = odile.cookies.get('coopol')!;
		expect((await odile.post('/deconnexion')).to).toBe('/');
		expect(odile.cookies.has('coopol')).toBe(false);
		odile.cookies.set('coopol', secret);
		expect((await odile.get('/contacts')).to).toBe('/connexion?next=%2Fcontacts');
	});

	test('a cookie somebody made up is nobody', async () => {
		const who = await browser('visitor');
		who.cookies.set('coopol', 'A'.repeat(43));
		expect((await who.get('/fil')).to).toBe('/connexion?next=%2Ffil');
	});
});

test('asking for help answers the same for an account and for none', async () => {
	const who = await browser('visitor');
	const asked = async (email: string) =>
		who.through('/connexion/aide', {
			email,
			new_email: 'neuve@rive.example',
			lost: email,
			told: '',
			name: 'Odile',
		});
	const [known, unknown] = [await asked('odile@rive.example'), await asked('nobody@rive.example')];
	expect([known.status, known.main]).toEqual([unknown.status, unknown.main]);
	// Nobody is written to when it is refused: the answer says until when to wait.
	expect(known.text).toContain('Sans nouvelles sous 14 jours, elle n’a pas abouti');
});
