import { beforeEach, describe, expect, test } from 'vitest';
import { appCode, giveApp, later } from '#domains/people/factor/app.fixture.ts';
import { virtualKey } from '#domains/people/factor/virtual-key.fixture.ts';
import { ask, codeOf, mailsTo } from '#domains/people/people.fixture.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { plain } from '#tests/draw.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const at = 'http://coopol.test';
const json = ({ html }: { html: string }) => JSON.parse(html);
const old = (name: CastName) =>
	scene(sql`update people.session set created_at = now() - interval '1 day' where person_id = ${idOf(name)}`);
/** Signs in by the code of the mail; gives where one is led. */
async function byMail(name: CastName) {
	const who = await browser('visitor');
	await who.post('/connexion?/code', { email: `${name}@rive.example` });
	const { to } = await who.post('/connexion/code', { code: codeOf(who.cookies.get('entry-code')!) });
	return { who, to };
}
/** A browser adds a passkey, as its page does. */
async function addKey(who: Browser, origin = at) {
	const key = virtualKey(origin);
	const { challenge } = json(await who.send('POST', '/compte/securite/cle'));
	return { key, kept: await who.send('PUT', '/compte/securite/cle', key.register(challenge)) };
}
const signInWith = async (who: Browser, key: ReturnType<typeof virtualKey>, where = '/connexion/cle') =>
	who.send('PUT', where, key.answer(json(await who.send('POST', '/connexion/cle')).challenge));

beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		...['secret', 'passkey', 'recovery_code', 'session'].map(
			(one) => sql`delete from ${sql.ref(`people.${one}`)}`,
		),
	),
);

describe('a passkey', () => {
	test('is added on the security page, named after the device, and opens the account without any address', async () => {
		const odile = await browser('odile', { factor: false });
		const before = odile.cookies.get('coopol');
		const { key, kept } = await addKey(odile);
		expect([kept.status, json(kept)]).toEqual([200, { to: '/compte/securite' }]);
		expect(odile.cookies.get('coopol')).not.toBe(before);
		expect((await odile.get('/compte/securite')).main).toMatch(/Appareil inconnu|Firefox/);
		const phone = await browser('visitor');
		expect(json(await signInWith(phone, key))).toEqual({ to: '/fil' });
		expect((await phone.get('/compte')).main).toContain('odile@rive.example');
	});

	test('leads back where one was going, never to another site', async () => {
		const { key } = await addKey(await browser('odile', { factor: false }));
		const led = async (next: string) =>
			json(await signInWith(await browser('visitor'), key, `/connexion/cle?next=${encodeURIComponent(next)}`))
				.to;
		expect([await led('/contacts'), await led('https://mal.example'), await led('//mal.example')]).toEqual([
			'/contacts',
			'/fil',
			'/fil',
		]);
	});

	test('of a site that only looks like ours is worth nothing here', async () => {
		const odile = await browser('odile', { factor: false });
		const { kept } = await addKey(odile, 'http://coopol.test.evil.example');
		expect([kept.status, json(kept).message]).toEqual([422, 'Cette clé n’est pas reconnue ici.']);
		expect(await ask(sql`select count(*)::int as value from people.passkey`)).toBe(0);
	});

	test('answered twice, or in the words of nobody, opens nothing', async () => {
		const { key } = await addKey(await browser('odile', { factor: false }));
		const thief = await browser('visitor');
		const { challenge } = json(await thief.send('POST', '/connexion/cle'));
		const answer = key.answer(challenge);
		expect((await thief.send('PUT', '/connexion/cle', answer)).status).toBe(200);
		const again = await browser('visitor');
		for (const sent of [answer, {}, [], null, 'clé', { id: 12 }, { ...answer, id: 'x'.repeat(500) }]) {
			const refused = await again.send('PUT', '/connexion/cle', sent);
			expect([sent, refused.status, again.cookies.has('coopol')]).toEqual([sent, 422, false]);
		}
	});

	test('is what an office asks: with it Samuel acts without a code, and a fresh proof is one touch', async () => {
		const samuel = await browser('samuel', { factor: false });
		const { key } = await addKey(samuel);
		expect((await samuel.get('/mes-20-minutes')).status).toBe(200);
		await scene(sql`update people.session set factor_at = now() - interval '1 hour'`);
		expect((await samuel.post('/compte/securite/codes')).to).toContain('/compte/verification');
		const page = await samuel.get('/compte/verification?next=/compte/securite/codes');
		expect(page.html).toContain('data-passkey="/connexion/cle?next=%2Fcompte%2Fsecurite%2Fcodes"');
		expect(json(await signInWith(samuel, key, '/connexion/cle?next=%2Fcompte%2Fsecurite%2Fcodes'))).toEqual({
			to: '/compte/securite/codes',
		});
		expect((await samuel.post('/compte/securite/codes')).status).toBe(200);
	});

	test('added, removed: the mail says which', async () => {
		const odile = await browser('odile', { factor: false });
		await addKey(odile);
		const last = async () => plain((await mailsTo('odile@rive.example')).at(-1)!.message.text);
		expect(await last()).toContain("Une clé d'accès a été ajoutée.");
		const id = (await ask<string>(sql`select id as value from people.passkey`))!;
		await odile.post('/compte/securite?/removePasskey', { id });
		expect(await last()).toContain("Une clé d'accès a été retirée.");
	});

	test('removed, it opens nothing any more; removing asks who one is, and one’s own only', async () => {
		const odile = await browser('odile', { factor: false });
		const { key } = await addKey(odile);
		const id = (await ask<string>(sql`select id as value from people.passkey`))!;
		const ines = await browser('ines');
		expect((await ines.post('/compte/securite?/removePasskey', { id })).status).toBe(404);
		await scene(
			sql`update people.session set factor_at = now() - interval '11 minutes' where person_id = ${idOf('odile')}`,
		);
		expect((await odile.post('/compte/securite?/removePasskey', { id })).to).toContain(
			'/compte/verification',
		);
		await signInWith(odile, key);
		expect((await odile.through('/compte/securite?/removePasskey', { id })).text).toContain('Clé retirée.');
		expect((await signInWith(await browser('visitor'), key)).status).toBe(422);
	});

	test('is not added by a session of yesterday: the page’s script is told to sign in again', async () => {
		const odile = await browser('odile', { factor: false });
		await old('odile');
		const refused = await odile.send('POST', '/compte/securite/cle');
		expect([refused.status, plain(json(refused).message)]).toEqual([
			403,
			"Reconnecte-toi d'abord : c'est pour être sûr que c'est toi.",
		]);
	});
});

describe('an application of codes', () => {
	/** Reads the secret on its page and types the first code. */
	async function addApp(who: Browser) {
		const page = await who.get('/compte/securite/application');
		const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec(page.html)![1]!;
		return {
			page,
			secret,
			done: await who.through('/compte/securite/application', { code: appCode(secret) }),
		};
	}

	test('is added with its picture, then offers codes for the day the phone is lost', async () => {
		const yamina = await browser('yamina', { factor: false });
		expect((await yamina.get('/compte/securite')).main).toContain('demande une deuxième preuve');
		const { page, done } = await addApp(yamina);
		expect(page.html).toContain('<svg');
		expect(done.text).toContain('Application ajoutée.');
		const paper = await yamina.post('/compte/securite/codes');
		const codes = [...paper.html.matchAll(/<code>(\w{5} \w{5})<\/code>/g)].map(([, code]) => code!);
		expect(new Set(codes).size).toBe(10);
		const seen =
			(await yamina.get('/compte/securite/codes')).html + (await yamina.get('/compte/securite')).html;
		expect(codes.filter((code) => seen.includes(code))).toEqual([]);
		expect((await yamina.get('/compte/securite')).main).toContain('10');
	});

	test('the page of ten codes read again makes no others: it says so, and those on paper still open', async () => {
		await giveApp('samuel');
		const samuel = await browser('samuel');
		const sent = { _key: (await samuel.get('/compte/securite/codes')).field('_key')! };
		const paper = await samuel.post('/compte/securite/codes', sent);
		const [, code] = /<code>(\w{5} \w{5})<\/code>/.exec(paper.html)!;
		const again = await samuel.through('/compte/securite/codes', sent);
		expect(plain(again.text)).toContain("cela ne se montre qu'une fois");
		expect(again.html).not.toContain('<code>');
		const { who } = await byMail('samuel');
		expect((await who.post('/connexion/second-facteur', { code: code! })).to).toBe('/fil');
		// Another press, on the page as it is now, makes ten others.
		expect((await samuel.post('/compte/securite/codes', { _key: again.field('_key')! })).html).toContain(
			'<code>',
		);
	});

	test('added, removed: the mail says which, and the page of the one already there leads back', async () => {
		const yamina = await browser('yamina', { factor: false });
		await addApp(yamina);
		const last = async () => plain((await mailsTo('yamina@rive.example')).at(-1)!.message.text);
		expect(await last()).toContain('Ton application de codes a été ajoutée.');
		expect((await yamina.get('/compte/securite/application')).to).toBe('/compte/securite');
		await yamina.post('/compte/securite?/removeAuthenticator');
		expect(await last()).toContain('Ton application de codes a été retirée.');
	});

	test('is asked after the code of the mail; a code on paper does as well, once', async () => {
		const secret = await giveApp('yamina');
		const { who, to } = await byMail('yamina');
		expect([to, who.cookies.has('coopol')]).toEqual(['/connexion/second-facteur', false]);
		expect((await who.get('/fil')).to).toBe('/connexion?next=%2Ffil');
		const wrong = await who.post('/connexion/second-facteur', { code: '000000' });
		expect([wrong.form!.problems, wrong.field('code')]).toEqual([['code people.app_code_wrong'], '']);
		expect((await who.post('/connexion/second-facteur', { code: appCode(secret) })).to).toBe('/fil');
		const paper = await who.post('/compte/securite/codes');
		const [code] = /\w{5} \w{5}(?=<\/code>)/.exec(paper.html)!;
		for (const expected of ['/fil', null]) {
			const again = (await byMail('yamina')).who;
			expect((await again.post('/connexion/second-facteur', { code })).to).toBe(expected);
		}
		const texts = (await mailsTo('yamina@rive.example')).map(({ message }) => plain(message.text));
		expect(texts.filter((text) => text.includes('Un de tes codes sur papier vient de servir.'))).toHaveLength(
			1,
		);
	});

	test('five wrong codes end the proof: one begins again with the mail', async () => {
		const secret = await giveApp('yamina');
		const { who } = await byMail('yamina');
		const tried = async (code: string) =>
			(await who.post('/connexion/second-facteur', { code })).form?.problems;
		for (let n = 0; n < 4; n++) expect(await tried(`00000${n}`)).toEqual(['code people.app_code_wrong']);
		expect(await tried('000009')).toEqual(['code people.code_over']);
		expect((await tried(appCode(secret)))![0]).toMatch(/people\.code_(over|spent)/);
		expect(who.cookies.has('coopol')).toBe(false);
	});

	test('the step is this browser’s: another that was never asked is led to the door', async () => {
		await giveApp('yamina');
		expect((await (await browser('visitor')).get('/connexion/second-facteur')).to).toBe('/connexion');
		const thief = await browser('visitor');
		thief.cookies.set('entry-factor', 'A'.repeat(43));
		expect((await thief.post('/connexion/second-facteur', { code: '123456' })).form!.problems).toEqual([
			'code people.code_over',
		]);
	});

	test('is added by no session of yesterday, and the page says what to do', async () => {
		const samuel = await browser('samuel', { factor: false });
		await old('samuel');
		expect((await samuel.get('/compte/securite/application')).html).toBe('403 people.sign_in_again');
		expect(await ask(sql`select count(*)::int as value from people.secret`)).toBe(0);
	});

	test('is given again where one was going, with another secret of session', async () => {
		const secret = await giveApp('yamina');
		const yamina = await browser('yamina', { factor: false });
		const before = yamina.cookies.get('coopol');
		expect((await yamina.get('/responsabilites/acces')).to).toBe(
			'/compte/verification?next=%2Fresponsabilites%2Facces',
		);
		const given = await yamina.post('/compte/verification?next=%2Fresponsabilites%2Facces', {
			code: appCode(secret),
		});
		expect([given.to, yamina.cookies.get('coopol') === before]).toEqual(['/responsabilites/acces', false]);
		expect((await yamina.get('/responsabilites/acces')).status).toBe(200);
		await later('yamina');
		const astray = await yamina.post('/compte/verification?next=https%3A%2F%2Fmal.example', {
			code: appCode(secret),
		});
		expect(astray.to).toBe('/');
	});

	test('who has no factor at all is told how to have one, and types no code in vain', async () => {
		await scene(sql`update platform.setting set value = 'false'::jsonb where key = 'demo'`);
		const page = await (await browser('samuel', { factor: false })).get('/compte/verification');
		await scene(sql`update platform.setting set value = 'true'::jsonb where key = 'demo'`);
		expect(page.html).toContain('href="/compte/securite"');
		expect(page.field('code')).toBeNull();
	});
});
