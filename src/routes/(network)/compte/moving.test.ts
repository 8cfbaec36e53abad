import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf } from '#domains/people/challenge.ts';
import { giveApp } from '#domains/people/factor/app.fixture.ts';
import { ask, mailsTo } from '#domains/people/people.fixture.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const emailOf = (name: CastName) =>
	ask<string>(sql`select email as value from people.contact where person_id = ${idOf(name)}::uuid`);
const detail = (id: string, name: string) =>
	ask<string>(sql`select detail ->> ${name} as value from people.challenge where id = ${id}::uuid`);
const lastMail = async (to: string) => (await mailsTo(to)).at(-1)?.message.text ?? '';

beforeEach(() => scene(sql`delete from platform.bucket`));

describe('another e-mail address', () => {
	const fresh = 'odile.f@courrier.example';
	/** Asks for it on the page; gives the codes that the two mailboxes get. */
	async function asked(who: Browser, email = fresh) {
		const done = await who.through('/compte/adresse?/ask', { email });
		const id = who.cookies.get('entry-email')!;
		return { done, codes: { code_new: codeOf(id), code_old: codeOf((await detail(id, 'before'))!) } };
	}
	const confirm = (who: Browser, codes: Record<string, string>) =>
		who.post('/compte/adresse?/confirm', codes);
	const back = () =>
		scene(sql`update people.contact set email = 'odile@rive.example', email_key = 'odile@rive.example'
			where person_id = ${idOf('odile')}`);
	beforeEach(back);

	test('is in force once both codes are typed; the former mailbox is told, other devices are out', async () => {
		const [odile, phone] = [await browser('odile'), await browser('odile')];
		const { done, codes } = await asked(odile);
		expect(done.field('code_new')).toBe('');
		expect([await lastMail(fresh), await lastMail('odile@rive.example')]).toEqual([
			expect.stringContaining(codes.code_new),
			expect.stringContaining(codes.code_old),
		]);
		expect((await confirm(odile, codes)).to).toBe('/compte');
		expect((await odile.get('/compte')).main).toContain(fresh);
		expect(await lastMail('odile@rive.example')).toContain('adresse e‑mail de ton compte a changé');
		expect([(await phone.get('/fil')).status, (await odile.get('/fil')).status]).toEqual([303, 200]);
	});

	test('each wrong code is said at its own field, and the address stays', async () => {
		const odile = await browser('odile');
		const { codes } = await asked(odile);
		const said = async (more: object) => (await confirm(odile, { ...codes, ...more })).form!.problems;
		expect([
			await said({ code_new: wrong(codes.code_new) }),
			await said({ code_old: wrong(codes.code_old) }),
			await said({ code_new: codes.code_old, code_old: codes.code_new }),
			await said({ code_new: '' }),
			await said({ code_old: '1'.repeat(41) }),
		]).toEqual([
			['code_new people.code_wrong'],
			['code_old people.code_wrong'],
			['code_new people.code_wrong'],
			['code_new people.code_missing'],
			['code_old people.code_shape'],
		]);
		expect(await emailOf('odile')).toBe('odile@rive.example');
	});

	test('a thief at an open session, who reads only the new mailbox, guesses the other code five times at most', async () => {
		const thief = await browser('odile');
		const { codes } = await asked(thief, 'voleur@mal.example');
		const guess = async (code_old: string) => (await confirm(thief, { ...codes, code_old })).form!.problems;
		for (let n = 0; n < 4; n++)
			expect(await guess(wrong(codes.code_old))).toEqual(['code_old people.code_wrong']);
		expect(await guess(wrong(codes.code_old))).toEqual(['code_old people.code_spent']);
		expect(await guess(codes.code_old)).toEqual(['code_old people.code_spent']);
		expect(await emailOf('odile')).toBe('odile@rive.example');
	});

	test('codes asked by one account change no other', async () => {
		const [odile, ines] = [await browser('odile'), await browser('ines')];
		const { codes } = await asked(odile);
		ines.cookies.set('entry-email', odile.cookies.get('entry-email')!);
		expect((await confirm(ines, codes)).form!.problems).toEqual(['code_new people.code_over']);
		expect(await emailOf('ines')).toBe('ines@rive.example');
	});

	test('typed twice at once, it changes once, and the codes are worth nothing after', async () => {
		const odile = await browser('odile');
		const { codes } = await asked(odile);
		const kept = odile.cookies.get('entry-email')!;
		const other = await browser('odile');
		other.cookies.set('entry-email', kept);
		const ends = await Promise.all([confirm(odile, codes), confirm(other, codes)]);
		expect(ends.filter(({ to }) => to === '/compte')).toHaveLength(1);
		expect(await emailOf('odile')).toBe(fresh);
		await back();
		// Whichever browser lost is signed out.
		const later = await browser('odile');
		later.cookies.set('entry-email', kept);
		expect((await confirm(later, codes)).form!.problems).toEqual(['code_new people.code_over']);
	});

	test('of another account: the same page for who asks, and its owner is told without any code', async () => {
		const odile = await browser('odile');
		const [free, taken] = [await asked(odile), await asked(odile, 'samuel@rive.example')];
		expect(taken.done.main).toBe(free.done.main);
		const mail = await lastMail('samuel@rive.example');
		expect(mail).toContain('Elle a déjà le sien');
		expect([mail.includes(taken.codes.code_new), mail.includes('Odile')]).toEqual([false, false]);
		expect((await confirm(odile, taken.codes)).form!.problems).toEqual(['code_new people.code_over']);
		expect(await emailOf('samuel')).toBe('samuel@rive.example');
	});

	test.each([
		['', 'email people.email_missing'],
		['odile', 'email people.email_shape'],
		['a@b.example, c@d.example', 'email people.email_shape'],
		['Odile@Rive.example', 'email people.email_same'],
	])('« %s » is refused at its field, and no mail leaves', async (email, problem) => {
		const odile = await browser('odile');
		const before = await ask(sql`select count(*)::int as value from platform.mail`);
		expect((await odile.post('/compte/adresse?/ask', { email })).form!.problems).toEqual([problem]);
		expect(await ask(sql`select count(*)::int as value from platform.mail`)).toBe(before);
	});

	test('a suspended person keeps the right to be reached', async () => {
		const thibaud = await browser('thibaud');
		const { codes } = await asked(thibaud, 'thibaud.m@courrier.example');
		expect((await confirm(thibaud, codes)).to).toBe('/compte');
		expect(await emailOf('thibaud')).toBe('thibaud.m@courrier.example');
	});

	test('without having asked, the page asks for an address and for no code', async () => {
		const page = await (await browser('ines')).get('/compte/adresse');
		expect([page.field('email'), page.field('code_new')]).toEqual(['', null]);
	});
});

describe('a member number that is in the file under another address', () => {
	const newcomer = async (email: string) => {
		const who = await browser('visitor');
		await who.post('/bienvenue', { name: 'Odile Fabregat', email });
		await who.post('/bienvenue/code', { code: codeOf(who.cookies.get('entry-code')!) });
		return who;
	};
	const claim = async (who: Browser, number: string) => {
		const done = await who.through('/compte/numero?/ask', { number });
		return { done, code: codeOf(who.cookies.get('entry-merge')!) };
	};

	test('the code goes to the address of the file, and makes the two one account', async () => {
		const bis = await newcomer('odile.bis@courrier.example');
		const { code } = await claim(bis, ' a–odile ');
		const mail = await lastMail('odile@rive.example');
		expect([mail.includes(code), mail.includes('Odile Fabregat')]).toEqual([true, true]);
		const done = await bis.post('/compte/numero?/confirm', { code });
		expect(done.status).toBe(303);
		expect((await bis.get('/compte')).main).toContain('odile@rive.example');
		expect(
			await ask(
				sql`select count(*)::int as value from people.contact where email_key = 'odile.bis@courrier.example'`,
			),
		).toBe(0);
	});

	test('a number that exists and one that does not read the same, and the second gets no mail', async () => {
		const who = await newcomer('curieux@courrier.example');
		const mails = () =>
			ask<number>(sql`select count(*)::int as value from platform.mail where kind = 'people.number'`);
		const known = await claim(who, 'A-ines');
		const before = await mails();
		const unknown = await claim(who, 'A-personne');
		expect(unknown.done.main).toBe(known.done.main);
		expect(await mails()).toBe(before);
		expect((await who.post('/compte/numero?/confirm', { code: unknown.code })).form!.problems).toEqual([
			'code people.code_over',
		]);
	});

	test('two people claim it: whoever reads the mailbox has it, the other gets nothing of it', async () => {
		const [one, other] = [await newcomer('une@courrier.example'), await newcomer('autre@courrier.example')];
		const [first, second] = [await claim(one, 'A-noemie'), await claim(other, 'A-noemie')];
		expect((await other.post('/compte/numero?/confirm', { code: first.code })).form!.problems).toEqual([
			'code people.code_wrong',
		]);
		expect((await one.post('/compte/numero?/confirm', { code: first.code })).status).toBe(303);
		expect((await one.get('/compte')).main).toContain('noemie@rive.example');
		// The second mailed code was read by the same person: it joins that account too, and no third one is made.
		expect((await other.post('/compte/numero?/confirm', { code: second.code })).status).toBe(303);
		expect(
			await ask(
				sql`select count(*)::int as value from people.membership where member_number = 'A-noemie' and ended_at is null`,
			),
		).toBe(1);
	});

	test('five wrong codes, then the right one comes too late', async () => {
		const who = await newcomer('devin@courrier.example');
		const { code } = await claim(who, 'A-gerard');
		for (let n = 0; n < 5; n++) await who.post('/compte/numero?/confirm', { code: wrong(code) });
		expect((await who.post('/compte/numero?/confirm', { code })).form!.problems).toEqual([
			'code people.code_spent',
		]);
		expect((await who.get('/compte')).main).toContain('devin@courrier.example');
	});

	test('an officer’s account joined this way still asks the officer’s second factor', async () => {
		await giveApp('samuel');
		const who = await newcomer('samuel.bis@courrier.example');
		const { code } = await claim(who, 'A-samuel');
		const done = await who.post('/compte/numero?/confirm', { code });
		expect(done.to).toContain('/connexion/second-facteur');
		expect((await who.get('/fil')).to).toContain('/connexion');
	});

	test('by asking again and again nobody fills the mailbox of the file', async () => {
		const who = await newcomer('insistant@courrier.example');
		const ends: number[] = [];
		for (let n = 0; n < 9; n++)
			ends.push((await who.post('/compte/numero?/ask', { number: 'A-lucien' })).status);
		expect([ends[0], ends.at(-1)]).toEqual([303, 429]);
		expect((await mailsTo('lucien@rive.example')).length).toBeLessThanOrEqual(6);
	});
});
