import { beforeEach, describe, expect, test } from 'vitest';
import { ask, askRecovery, mailsTo, stranger } from '#domains/people/people.fixture.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from people.recovery`,
		...['secret', 'passkey', 'recovery_code', 'session'].map(
			(one) => sql`delete from ${sql.ref(`people.${one}`)}`,
		),
	),
);

describe('a password', () => {
	const good = 'pommier violet sous la pluie';
	test('is set just after signing in, and every other device is out', async () => {
		const [odile, other] = [
			await browser('odile', { factor: false }),
			await browser('odile', { factor: false }),
		];
		expect((await odile.through('/compte/securite?/password', { password: good })).text).toContain('passe');
		expect((await other.get('/fil')).to).toBe('/connexion?next=%2Ffil');
		expect((await odile.get('/fil')).status).toBe(200);
		const entered = await browser('visitor');
		expect(
			(await entered.post('/connexion?/password', { email: 'odile@rive.example', password: good })).to,
		).toBe('/fil');
	});

	test.each([
		['court', 'people.password_short'],
		['motdepassemotdepasse', 'people.password_common'],
		['Odile Fabregat 1957', 'people.password_common'],
		['La Rive commune 2026 !', 'people.password_common'],
		['pommier '.repeat(150), 'people.password_long'],
	])('%s will not do; it is said at its field and never shown back', async (password, problem) => {
		const odile = await browser('odile', { factor: false });
		const refused = await odile.post('/compte/securite?/password', { password });
		expect(refused.form!.problems).toEqual([`password ${problem}`]);
		expect(refused.field('password')).toBe('');
		expect(await ask(sql`select count(*)::int as value from people.secret`)).toBe(0);
	});

	test('is changed with the former one; a wrong one changes nothing and ends no session', async () => {
		const odile = await browser('odile', { factor: false });
		await odile.post('/compte/securite?/password', { password: good });
		const phone = await browser('odile', { factor: false });
		const change = (current_password: string) =>
			odile.post('/compte/securite?/password', { current_password, password: 'un tout autre verger en mai' });
		expect((await change('pas du tout celui-là')).form!.problems).toEqual([
			'current_password people.password_current_wrong',
		]);
		expect((await phone.get('/fil')).status).toBe(200);
		expect((await change(good)).status).toBe(303);
		expect((await phone.get('/fil')).status).toBe(303);
	});
});

describe('somebody asks for my account', () => {
	test('I read it on my page, stop it by one button, and the officers find nothing any more', async () => {
		const asked = { lost: 'odile@rive.example', email: 'voleur@mal.example', told: '' };
		await askRecovery(visitor, asked, stranger());
		const odile = await browser('odile');
		expect((await odile.get('/compte/securite')).html).toContain('action="?/stopRecovery"');
		expect((await (await browser('samuel')).get('/responsabilites/acces')).main).toContain('Odile');
		expect((await odile.through('/compte/securite?/stopRecovery')).html).not.toContain(
			'action="?/stopRecovery"',
		);
		expect((await (await browser('samuel')).get('/responsabilites/acces')).main).not.toContain('Odile');
		expect((await mailsTo('odile@rive.example')).at(-1)).toMatchObject({ kind: 'people.security' });
		expect(await mailsTo('voleur@mal.example')).toEqual([]);
	});

	test('nobody stops what concerns another', async () => {
		await askRecovery(visitor, { lost: 'odile@rive.example', email: 'a@mal.example', told: '' }, stranger());
		await (await browser('mathis')).post('/compte/securite?/stopRecovery');
		expect(await ask(sql`select count(*)::int as value from people.recovery where closed_at is null`)).toBe(
			1,
		);
	});
});
