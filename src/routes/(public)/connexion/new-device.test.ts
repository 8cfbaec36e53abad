import { beforeEach, describe, expect, test } from 'vitest';
import { createSession } from '#domains/people/index.ts';
import { ask, codeOf, mailsTo } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

const scene = (...queries: ReturnType<typeof sql>[]) =>
	asSystem('test', async (tx) => {
		for (const query of queries) await tx.run(query);
	});
const android = { 'user-agent': 'Mozilla/5.0 (Android 14; Mobile) Firefox/142.0' };
const codeAsked = async (who: Browser, email: string) => {
	await who.post('/connexion?/code', { email }, android);
	return codeOf(who.cookies.get('entry-code')!);
};
/** Signs in by a code, in this browser. */
const enter = async (who: Browser, name: CastName, email = `${name}@rive.example`) =>
	(await who.post('/connexion/code', { code: await codeAsked(who, email) }, android)).to;
const told = async (email: string) =>
	(await mailsTo(email)).filter(
		({ kind, message }) => kind === 'people.security' && /appareil|device/.test(message.subject),
	);
const toldTo = (name: CastName) => told(`${name}@rive.example`);

/** As who was in the member file, confirmed at their first sign-in and never back since. */
const newcomer = (name: CastName) =>
	scene(
		sql`delete from people.session where person_id = ${idOf(name)}`,
		sql`update people.person set confirmed_at = now(), seen_on = current_date where id = ${idOf(name)}`,
	);
beforeEach(() => scene(sql`delete from platform.bucket`));

describe('an account opened', () => {
	test('for the first time ever tells nobody; from the same browser neither; from another its person', async () => {
		await newcomer('odile');
		const laptop = await browser('visitor');
		expect(await enter(laptop, 'odile')).toBe('/fil');
		expect(await enter(laptop, 'odile')).toBe('/fil');
		expect(await toldTo('odile')).toEqual([]);
		expect(await enter(await browser('visitor'), 'odile')).toBe('/fil');
		const [mail, ...others] = await toldTo('odile');
		expect(others).toEqual([]);
		expect(mail!.message.subject).toBe('Ton compte est ouvert sur un nouvel appareil');
		expect(mail!.message.text).toMatch(/Firefox, Android/);
		expect(mail!.message.text).toContain('/compte/securite');
	});

	test('in another tab at the same moment tells it as often as it was opened', async () => {
		await newcomer('ines');
		await enter(await browser('visitor'), 'ines');
		const tabs = await Promise.all([browser('visitor'), browser('visitor')]);
		for (const tab of tabs) await codeAsked(tab, 'ines@rive.example');
		const codes = tabs.map((tab) => codeOf(tab.cookies.get('entry-code')!));
		const entered = await Promise.all(tabs.map((tab, n) => tab.post('/connexion/code', { code: codes[n]! })));
		const opened = entered.filter(({ to }) => to === '/fil').length;
		expect(opened).toBeGreaterThan(0);
		expect(await toldTo('ines')).toHaveLength(opened);
	});

	test('by two of one household in turn, in one browser, tells neither', async () => {
		await Promise.all([newcomer('mathis'), newcomer('noemie')]);
		const shared = await browser('visitor');
		for (const name of ['mathis', 'noemie', 'mathis', 'noemie'] as const) await enter(shared, name);
		expect([await toldTo('mathis'), await toldTo('noemie')]).toEqual([[], []]);
	});

	test('where a wrong code was typed tells nobody', async () => {
		await newcomer('tidiane');
		await enter(await browser('visitor'), 'tidiane');
		const other = await browser('visitor');
		const code = await codeAsked(other, 'tidiane@rive.example');
		await other.post('/connexion/code', { code: String((Number(code) + 1) % 1_000_000).padStart(6, '0') });
		expect(await toldTo('tidiane')).toEqual([]);
	});

	test('with a pass made for another account tells its person', async () => {
		await newcomer('driss');
		await enter(await browser('visitor'), 'driss');
		const [thief, theirs] = [await browser('visitor'), await browser('visitor')];
		await enter(theirs, 'fanny');
		thief.cookies.set('device', theirs.cookies.get('device')!);
		await enter(thief, 'driss');
		expect(await toldTo('driss')).toHaveLength(1);
	});

	test('after so long that no session is kept tells its person all the same', async () => {
		await newcomer('leontine');
		await scene(
			sql`update people.person set confirmed_at = now() - interval '2 years', seen_on = current_date - 300 where id = ${idOf('leontine')}`,
		);
		await enter(await browser('visitor'), 'leontine');
		expect(await toldTo('leontine')).toHaveLength(1);
	});

	test('is not told open while its second factor is asked', async () => {
		await newcomer('gerard');
		await asSystem('test', (tx) => createSession(tx, idOf('gerard'), 'test'));
		await scene(
			sql`insert into people.secret (person_id, totp_sealed, totp_confirmed_at) values (${idOf('gerard')}, 'sealed', now())
				on conflict (person_id) do update set totp_confirmed_at = now()`,
		);
		expect(await enter(await browser('visitor'), 'gerard')).toBe('/connexion/second-facteur');
		expect(await toldTo('gerard')).toEqual([]);
	});

	test('in English is told in English, and no setting of notices stops it', async () => {
		await newcomer('yamina');
		await scene(
			sql`update people.person set language = 'en' where id = ${idOf('yamina')}`,
			sql`insert into notices.choice (person_id, category, channel, rhythm, scope_kind)
				values (${idOf('yamina')}, 'safety', 'mail', 'none', 'all')`,
		);
		await enter(await browser('visitor'), 'yamina');
		await enter(await browser('visitor'), 'yamina');
		const [mail] = await toldTo('yamina');
		expect(mail!.message.subject).toBe('Your account is open on a new device');
	});
});

test('who changed their address is known in this browser by the new one', async () => {
	await newcomer('samuel');
	const who = await browser('visitor');
	await enter(who, 'samuel');
	const email = 'samuel.o@courrier.example';
	await scene(sql`update people.session set factor_at = now()`);
	await who.post('/compte/adresse?/ask', { email });
	const id = who.cookies.get('entry-email')!;
	const before = await ask<string>(
		sql`select detail ->> 'before' as value from people.challenge where id = ${id}::uuid`,
	);
	const codes = { code_new: codeOf(id), code_old: codeOf(before!) };
	expect((await who.post('/compte/adresse?/confirm', codes)).to).toBe('/compte');
	await enter(who, 'samuel', email);
	expect(await told(email)).toEqual([]);
});

test('a browser remembers five accounts, the last who came first', async () => {
	await newcomer('odile');
	const library = await browser('visitor');
	await enter(library, 'odile');
	for (const name of ['ines', 'mathis', 'noemie', 'tidiane'] as const) await enter(library, name);
	const count = async () => (await toldTo('odile')).length;
	const before = await count();
	await enter(library, 'odile');
	expect(await count()).toBe(before);
	for (const name of ['ines', 'mathis', 'noemie', 'tidiane', 'fanny'] as const) await enter(library, name);
	await enter(library, 'odile');
	expect(await count()).toBe(before + 1);
});
