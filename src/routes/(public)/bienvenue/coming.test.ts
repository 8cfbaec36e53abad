import { beforeEach, describe, expect, test } from 'vitest';
import { ask, codeOf } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

let who: Browser;
beforeEach(async () => {
	await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
	who = await browser('visitor');
});
const people = () => ask<number>(sql`select count(*)::int as value from people.person`);
let n = 0;
const signUp = async () => {
	n++;
	await who.post('/bienvenue', {
		name: `Maya Larribe ${n}`.replace(/\d+/, (d) => 'abcdefghij'[Number(d) % 10]!),
		email: `maya${n}@rive.example`,
	});
	return who.post('/bienvenue/code', { code: codeOf(who.cookies.get('entry-code')!) });
};
const settle = (fields: Record<string, string> = {}) =>
	who.post('/bienvenue/section', { type: 'sympathiser', unit: idOf('villebrume'), ...fields });

test('nothing is kept of a newcomer until their address is proved; then three steps, and the home page', async () => {
	const before = (await people())!;
	expect((await who.get('/bienvenue')).main).toContain('Rien n’est publié avant.');
	expect((await who.post('/bienvenue', { name: 'Maya Larribe', email: 'maya@rive.example' })).to).toBe(
		'/bienvenue/code',
	);
	expect(await people()).toBe(before);
	const proved = await who.post('/bienvenue/code', { code: codeOf(who.cookies.get('entry-code')!) });
	expect([proved.to, await people()]).toEqual(['/bienvenue/section', before + 1]);
	expect((await settle()).to).toBe('/bienvenue/reglages');
	expect((await who.post('/bienvenue/reglages', { rhythm: 'weekly', text_size: '130' })).to).toBe('/fil');
	expect(who.cookies.get('text')).toBe('130');
	expect((await who.get('/fil')).main).toContain('Section de Villebrume');
	expect((await who.get('/bienvenue')).to).toBe('/fil');
});

describe('the first form', () => {
	test.each<[string, Record<string, string>, string, string]>([
		['no name', { name: ' ' }, 'name people.name_problem.empty', 'Il manque ton nom.'],
		['an endless name', { name: 'a'.repeat(81) }, 'name people.name_problem.too_long', '80 signes au plus.'],
		[
			'two alphabets in one word',
			{ name: 'Оdile' },
			'name people.name_problem.mixed_scripts',
			'mélange plusieurs alphabets',
		],
		['no address', { email: '' }, 'email people.email_missing', 'Il manque ton e-mail.'],
		['half an address', { email: 'maya@' }, 'email people.email_shape', 'Cette adresse est mal écrite.'],
		[
			'a slip',
			{ email: 'maya@gmial.com' },
			'email people.email_suggested',
			'Tu voulais dire maya@gmail.com ?',
		],
	])('%s is said at its field; the rest is kept', async (_, fields, problem, sentence) => {
		const typed = { name: 'Maya Larribe', email: 'maya@rive.example', ...fields };
		const refused = await who.post('/bienvenue', typed);
		expect([refused.status, refused.form!.problems]).toEqual([422, [problem]]);
		expect(refused.main).toContain(sentence);
		expect([refused.field('name')?.trim(), refused.field('email')]).toEqual([typed.name.trim(), typed.email]);
		expect(who.cookies.has('entry-code')).toBe(false);
	});

	test('somebody who is in already is led home', async () => {
		expect((await (await browser('odile')).get('/bienvenue')).to).toBe('/fil');
	});

	test('a house one enters by invitation says so, and an invitation that opens nothing opens nothing', async () => {
		await asSystem('test', (tx) =>
			tx.run(
				sql`update platform.setting set value = value || '{"signUp":"invited"}' where key = 'organisation'`,
			),
		);
		forgetSettings();
		expect((await who.get('/bienvenue?invitation=NOPE')).main).toContain('on vient sur invitation');
		await asSystem('test', (tx) =>
			tx.run(sql`update platform.setting set value = value - 'signUp' where key = 'organisation'`),
		);
		forgetSettings();
	});
});

describe('choosing one’s place', () => {
	test('later: one is in all the same, without a unit', async () => {
		await signUp();
		expect((await settle({ unit: '' })).to).toBe('/bienvenue/reglages');
		expect((await who.get('/contacts')).status).toBe(200);
	});

	test('as nothing, or as what is not offered: refused in words', async () => {
		await signUp();
		for (const type of ['', 'president']) {
			const refused = await settle({ type });
			expect(refused.form!.problems).toEqual(['type people.type_missing']);
			expect(refused.main).toContain('Dis-nous comment tu arrives.');
		}
		expect((await settle({ unit: 'x' })).form!.problems).toEqual(['unit app.invalid_value']);
	});

	test('declared a member, one is not yet one: the member’s page stays shut', async () => {
		await signUp();
		await settle({ type: 'member' });
		const standing = (await who.get('/fil')).data.viewer as { standing: string };
		expect(standing.standing).toBe('sympathiser');
	});

	test('sent twice at once, one belongs once', async () => {
		await signUp();
		const key = String((await who.get('/bienvenue/section')).data.key);
		const both = await Promise.all([settle({ _key: key }), settle({ _key: key })]);
		expect(both.map(({ to }) => to)).toEqual(['/bienvenue/reglages', '/bienvenue/reglages']);
		const viewer = (await who.get('/fil')).data.viewer as { id: string };
		expect(
			await ask<number>(
				sql`select count(*)::int as value from territory.attachment where person_id = ${viewer.id}::uuid and until is null`,
			),
		).toBe(1);
	});
});

test('a rhythm is chosen among three, and the text keeps a size that exists', async () => {
	await signUp();
	await settle();
	expect(
		(await who.post('/bienvenue/reglages', { rhythm: 'hourly', text_size: '100' })).form!.problems,
	).toEqual(['rhythm people.rhythm_missing']);
	expect((await who.post('/bienvenue/reglages', { rhythm: 'asap', text_size: '900' })).status).toBe(422);
});

test('each step asked for out of turn leads to its beginning', async () => {
	expect((await who.get('/bienvenue/code')).to).toBe('/bienvenue');
	expect((await who.get('/bienvenue/numero')).to).toBe('/bienvenue');
	expect((await who.get('/bienvenue/section')).to).toContain('/connexion');
});
