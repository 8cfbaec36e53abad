import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { codeOf } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { openPages, type Pages } from './pages.ts';
import { visit } from './visit.ts';

stage();
let pages: Pages;
beforeAll(async () => {
	pages = await openPages();
}, 300_000);
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`)));
afterAll(async () => pages?.stop());

const one = <T>(query: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.one<T>(query)) as Promise<T>;
const run = (query: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.run(query));
const come = (name: Parameters<typeof visit>[1]) => visit(pages.origin, name);

/** Odile asks for a code; gives the browser that waits for it, and the code. */
async function asked() {
	const browser = await come('visitor');
	const { email } = await one<{ email: string }>(
		sql`select email from people.contact where person_id = ${idOf('odile')}`,
	);
	expect((await browser.post('/connexion?/code', { email })).location).toBe('/connexion/code');
	const { id } = await one<{ id: string }>(
		sql`select id from people.challenge where purpose = 'sign-in' order by created_at desc, id desc limit 1`,
	);
	return { browser, id, code: codeOf(id) };
}
const sessions = async () =>
	(
		await one<{ n: number }>(
			sql`select count(*)::int as n from people.session where person_id = ${idOf('odile')} and revoked_at is null`,
		)
	).n;

test('a wrong code says how many tries are left; the right one still enters', async () => {
	const { browser, code } = await asked();
	const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
	const shown = await browser.post('/connexion/code', { code: wrong });
	expect([shown.status, shown.main]).toEqual([
		422,
		expect.stringContaining('Ce n’est pas le bon code. Il reste 4 essais.'),
	]);
	expect((await browser.post('/connexion/code', { code })).status).toBe(303);
	expect(browser.cookies.has('coopol')).toBe(true);
});

test('a code too old, or used already, says to ask for another, and opens nothing', async () => {
	const [late, again] = [await asked(), await asked()];
	await run(
		sql`update people.challenge set expires_at = now() - interval '1 minute' where id = ${late.id}::uuid`,
	);
	await again.browser.post('/connexion/code', { code: again.code });
	const before = await sessions();
	const replay = await come('visitor');
	for (const [name, value] of again.browser.cookies) if (name !== 'coopol') replay.cookies.set(name, value);
	replay.cookies.set('entry-code', again.id);
	for (const [browser, code] of [
		[late.browser, late.code],
		[replay, again.code],
	] as const) {
		const { status, main } = await browser.post('/connexion/code', { code });
		expect(status).toBe(422);
		expect(main).toContain('Ce code ne sert plus. Demande un autre code.');
		expect(browser.cookies.has('coopol')).toBe(false);
	}
	expect(await sessions()).toBe(before);
});

test('a sign-in link that nobody made, an invitation that ended, a link to stop mails that is forged: each is said', async () => {
	const browser = await come('visitor');
	const link = await browser.post('/connexion/lien', { cle: 'A'.repeat(43) });
	expect([link.status, link.main]).toEqual([
		422,
		expect.stringContaining('Ce code ne sert plus. Demande un autre code.'),
	]);
	await run(sql`insert into territory.invitation (id, inviter_id, unit_id, code, expires_at)
		values (${idOf('late')}, ${idOf('odile')}, ${idOf('villebrume')}, 'latelink', now() - interval '1 hour')`);
	for (const code of ['latelink', 'nobodys']) {
		const { status, main } = await browser.get(`/invitation/${code}`);
		expect(status).toBe(200);
		expect(main).toContain('Cette invitation n’est plus valable');
		expect(main).toContain('Demande un nouveau lien, ou trouve ton lieu avec ta commune.');
	}
	expect((await browser.get(`/desabonnement/${'A'.repeat(60)}`)).status).toBe(404);
});

const edited = `/unites/${idOf('villebrume')}/modifier`;
const typed = {
	publicText: 'Nous nous réunissons le jeudi, salle des fêtes.',
	membersText: 'Le code du portail a changé.',
};

test('two officers on one page: the first is kept, the second is told and finds their own words', async () => {
	const [samuel, yamina] = [await come('samuel'), await come('yamina')];
	const version = (await samuel.get(edited)).field('version')!;
	const form = { version, membersText: '', contactEmail: '' };
	expect((await samuel.post(`${edited}?/save`, { ...form, publicText: 'Version de Samuel.' })).status).toBe(
		303,
	);
	const late = await yamina.post(`${edited}?/save`, { ...form, ...typed });
	expect(late.status).toBe(409);
	expect(late.main).toContain(
		'Quelqu’un a enregistré cette page entre-temps. Ton texte est toujours là, plus bas.',
	);
	expect([late.field('publicText'), late.field('membersText')]).toEqual([
		typed.publicText,
		typed.membersText,
	]);
	expect((await samuel.get(edited)).field('publicText')).toBe('Version de Samuel.');
});

test('an office that ends while its holder writes: nothing is saved, and what was typed is given back', async () => {
	const samuel = await come('samuel');
	const version = (await samuel.get(edited)).field('version')!;
	await run(sql`update territory.term set ends_at = now() where person_id = ${idOf('samuel')}`);
	const late = await samuel.post(`${edited}?/save`, { version, contactEmail: '', ...typed });
	expect(late.status).toBe(404);
	expect(late.main).toContain('une responsabilité a pu prendre fin pendant que tu écrivais.');
	expect(late.main).toContain('Rien n’est enregistré. Copie ce texte si tu en as encore besoin.');
	expect(late.main).toContain(typed.publicText);
	expect(late.main).toContain(typed.membersText);
	const { version: now } = await one<{ version: number }>(
		sql`select version from territory.unit where id = ${idOf('villebrume')}`,
	);
	expect(String(now)).toBe(version);
});

test('a post removed while somebody answers it: the answer is given back', async () => {
	const [odile, ines] = [await come('odile'), await come('ines')];
	const made = await odile.post('/fil/publier?/publish', { text: 'Pas longtemps', audience: 'network' });
	const post = `/publications/${/#p-(.+)$/.exec(made.location)![1]}`;
	await run(
		sql`update feed.post set publish_after = now() - interval '1 second' where text = 'Pas longtemps'`,
	);
	expect((await ines.get(post)).status).toBe(200);
	await odile.post(`${post}?/remove`, {});
	const late = await ines.post(`${post}?/comment`, { text: 'Voilà ma longue réponse.' });
	expect(late.status).toBe(404);
	expect(late.main).toContain('Ce que tu as écrit');
	expect(late.main).toContain('Voilà ma longue réponse.');
});

test('a connection lost in the middle of a form writes nothing; sent again, it is done once', async () => {
	const odile = await come('odile');
	const text = 'cut in the middle';
	const fields = { text, audience: 'network', _key: idOf('cut') };
	const body = new URLSearchParams(fields).toString();
	await new Promise<void>((resolve) => {
		const { hostname, port } = new URL(pages.origin);
		const headers = {
			origin: pages.origin,
			cookie: `coopol=${odile.cookies.get('coopol')}`,
			'content-type': 'application/x-www-form-urlencoded',
			'content-length': String(body.length + 1),
		};
		const cut = request({ hostname, port, method: 'POST', path: '/fil/publier?/publish', headers });
		cut.on('error', () => resolve());
		cut.write(body, () => setTimeout(() => cut.destroy(new Error('cut')), 300));
	});
	await pause(500);
	const count = async () =>
		(await one<{ n: number }>(sql`select count(*)::int as n from feed.post where text = ${text}`)).n;
	expect(await count()).toBe(0);
	for (const _ of [1, 2]) expect((await odile.post('/fil/publier?/publish', fields)).status).toBe(303);
	expect(await count()).toBe(1);
});

test('an answer that never arrives: the same form sent again leads to what was done the first time', async () => {
	const odile = await come('odile');
	const fields = { text: 'answer lost', audience: 'network', _key: idOf('lost') };
	const [first, second] = await Promise.all([1, 2].map(() => odile.post('/fil/publier?/publish', fields)));
	expect(second!.location).toBe(first!.location);
	const { n } = await one<{ n: number }>(
		sql`select count(*)::int as n from feed.post where text = 'answer lost'`,
	);
	expect(n).toBe(1);
});
