import { beforeEach, describe, expect, test } from 'vitest';
import { opened, stateOf } from '#domains/groups/groups.fixture.ts';
import { endLink, linksOf, makeLink, wayToLink } from '#domains/groups/index.ts';
import { ask, codeMailedTo, mailsTo } from '#domains/people/people.fixture.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

let who: Browser;
beforeEach(async () => {
	await scene(sql`delete from platform.bucket`, sql`delete from platform.mail`);
	who = await browser('visitor');
});

const made = async (visibility: 'open' | 'secret' = 'secret') => {
	const id = await opened('odile', { visibility });
	return { id, code: await makeLink(await as('odile'), id, { lasts: '7', most: 5, lets_in: 'on' }) };
};
const mailOf = (name: CastName) => `${name}@rive.example`;
/** The key of the link in the last mail, as somebody follows it on another device. */
const keyMailedTo = async (email: string) =>
	/cle=([\w-]+)/.exec((await mailsTo(email)).at(-1)!.message.text)![1]!;
/** Goes through the sign-up as the page of the link begins it. */
const signUp = async (code: string, email: string, name = 'Une Personne') => {
	const page = await who.get(`/rejoindre/${code}`);
	const href = /href="(\/bienvenue\?invitation=[^"]+)"/.exec(page.html)![1]!;
	const invitation = new URL(href, 'http://here.example').searchParams.get('invitation')!;
	expect((await who.post(href, { name, email, invitation })).to).toBe('/bienvenue/code');
};
/** Lands where one is led, on the page of the group's link, and follows it. */
const lands = async (from: Browser, to: string | null, id: string) => {
	expect(to).toMatch(/^\/rejoindre\/[\w-]+$/);
	expect((await from.get(to!)).main).toContain('Jardins partagés');
	expect((await from.post(`${to}?/follow`)).to).toBe(`/groupes/${id}`);
};

describe('who signs up by a group’s link with the address of an account they have', () => {
	test('is signed in and led back to the invitation', async () => {
		const { id, code } = await made();
		await signUp(code, mailOf('ines'));
		const { to } = await who.post('/bienvenue/code', { code: await codeMailedTo(mailOf('ines')) });
		expect(await stateOf(id, 'ines')).toBeNull();
		await lands(who, to, id);
		expect(await stateOf(id, 'ines')).toBe('member');
	});

	test('and by the link of the mail, opened on another device', async () => {
		const { id, code } = await made();
		await signUp(code, mailOf('ines'));
		const phone = await browser('visitor');
		const { to } = await phone.post('/connexion/lien', { cle: await keyMailedTo(mailOf('ines')) });
		expect(to).not.toContain(code);
		await lands(phone, to, id);
	});

	test('asked a second factor between, the way is kept', async () => {
		const { code } = await made();
		await scene(sql`insert into people.secret (person_id, totp_sealed, totp_confirmed_at)
			values (${idOf('samuel')}, 'x', now()) on conflict (person_id) do update set totp_confirmed_at = now()`);
		await signUp(code, mailOf('samuel'));
		const { to } = await who.post('/bienvenue/code', { code: await codeMailedTo(mailOf('samuel')) });
		expect(to).toMatch(/^\/connexion\/second-facteur\?next=%2Frejoindre%2Fi-/);
	});

	test('finds nothing there when the link was ended meanwhile', async () => {
		const { id, code } = await made();
		await signUp(code, mailOf('ines'));
		const odile = await as('odile');
		await endLink(odile, id, (await linksOf(odile, id))[0]!.id);
		const { to } = await who.post('/bienvenue/code', { code: await codeMailedTo(mailOf('ines')) });
		expect((await who.get(to!)).status).toBe(404);
		expect((await who.post(`${to}?/follow`)).status).toBe(404);
		expect(await stateOf(id, 'ines')).toBeNull();
	});

	test('still on their way in, or known by the member file only, comes in at the end of it', async () => {
		const { id, code } = await made();
		await scene(
			sql`insert into people.arrival (person_id) values (${idOf('fanny')}) on conflict do nothing`,
			sql`update people.person set confirmed_at = null where id = ${idOf('noemie')}`,
		);
		for (const name of ['fanny', 'noemie'] as const) {
			who = await browser('visitor');
			await signUp(code, mailOf(name), name === 'noemie' ? 'Noémie Castagnérac' : 'Fanny');
			const { to } = await who.post('/bienvenue/code', { code: await codeMailedTo(mailOf(name)) });
			expect([name, to]).toEqual([name, '/bienvenue/section']);
			await who.post('/bienvenue/section', { type: 'sympathiser', unit: '' });
			await who.post('/bienvenue/reglages', { rhythm: 'weekly', text_size: '100' });
			await drainJobs();
			expect([name, await stateOf(id, name)]).toEqual([name, 'member']);
		}
	});

	test('in the member file under another name, the number asked between loses nothing', async () => {
		const { id, code } = await made();
		await scene(sql`update people.person set confirmed_at = null where id = ${idOf('gerard')}`);
		await signUp(code, mailOf('gerard'), 'Zoé Autrenom');
		const { to } = await who.post('/bienvenue/code', { code: await codeMailedTo(mailOf('gerard')) });
		expect(to).toMatch(/^\/bienvenue\/numero/);
		expect((await who.post(to!, { number: 'A-gerard' })).to).toBe('/bienvenue/section');
		await who.post('/bienvenue/section', { type: 'member', unit: '' });
		await who.post('/bienvenue/reglages', { rhythm: 'weekly', text_size: '100' });
		await drainJobs();
		expect(await stateOf(id, 'gerard')).toBe('member');
	});
});

describe('who has an account and is signed out', () => {
	const signIn = async (code: string) => {
		const href = /href="(\/connexion\?next=[^"]+)"/.exec((await who.get(`/rejoindre/${code}`)).html)![1]!;
		return (await who.post(`${href}&/code`, { email: mailOf('mathis') })).to!;
	};

	test('signs in from the page of the link, and comes back to it', async () => {
		const { id, code } = await made();
		const { to } = await who.post(await signIn(code), { code: await codeMailedTo(mailOf('mathis')) });
		expect(to).toBe(`/rejoindre/${code}`);
		await lands(who, to, id);
	});

	test('even by the link of the mail on another device, where the secret never was', async () => {
		const { id, code } = await made();
		await signIn(code);
		const phone = await browser('visitor');
		const { to } = await phone.post('/connexion/lien', { cle: await keyMailedTo(mailOf('mathis')) });
		await lands(phone, to, id);
	});
});

test('what the house keeps of the link is not its secret, and a code that it did not make opens nothing', async () => {
	const { id, code } = await made();
	await signUp(code, mailOf('ines'));
	const kept = await ask<object>(sql`select detail as value from people.challenge order by id desc limit 1`);
	expect(JSON.stringify(kept)).toContain('group:');
	expect(JSON.stringify(kept)).not.toContain(code);
	const link = (await linksOf(await as('odile'), id))[0]!.id;
	const way = wayToLink(`group:${link}`)!;
	expect((await who.get(way)).status).toBe(200);
	const forged = way.slice(0, -1) + (way.endsWith('A') ? 'B' : 'A');
	expect((await who.get(forged)).status).toBe(404);
	expect((await who.get(`/rejoindre/${link}`)).status).toBe(404);
	expect(wayToLink('ABCD2345EFGH')).toBeNull();
});
