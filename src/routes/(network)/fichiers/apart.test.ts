import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { asSystem } from '#platform/db.ts';
import * as sounds from '#platform/files/sound/sounds.fixture.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { handle } from '../../../hooks.server.ts';

stage();
const apart = 'http://fichiers.coopol.test';
beforeEach(() => vi.stubEnv('COOPOL_FILES_URL', apart));
afterAll(() => vi.unstubAllEnvs());

/** Somebody who has opened a page of the house, and has the pass that comes with it. */
async function arrived(name: CastName): Promise<Browser> {
	const person = await browser(name);
	await person.get('/fil');
	return person;
}

/** A browser takes to each host the cookies of that host: here, only the pass goes to the uploads' one. */
async function fetched(person: Browser, address: string, headers = {}) {
	const session = person.cookies.get('coopol');
	person.cookies.delete('coopol');
	const answer = await person.get(address, headers);
	if (session) person.cookies.set('coopol', session);
	return answer;
}

/** Odile says something to her section with a sound and a document; the addresses of both, as the page gives them. */
async function published() {
	const odile = await arrived('odile');
	const sent = {
		text: 'Avec des fichiers',
		audience: `unit:${idOf('villebrume')}`,
		sound: new File([new Uint8Array(sounds.mp3())], 'parole.mp3'),
		document: new File(['un compte rendu'], 'notes.txt'),
	};
	const id = (await odile.post('/fil/publier?/publish', sent)).to!.split('#p-')[1]!;
	await asSystem('test', (tx) =>
		tx.run(sql`update feed.post set publish_after = now() - interval '1 second' where post.id = ${id}::uuid`),
	);
	const page = await odile.get(`/publications/${id}`);
	const addresses = [...page.html.matchAll(/(?:src|href)="([^"]*\/fichiers\/[^"]*)"/g)].map(([, to]) => to!);
	return { odile, page, addresses };
}

test('pages name the uploads’ host, in their addresses and in their policy, and no other', async () => {
	const { page, addresses } = await published();
	expect(addresses).toHaveLength(2);
	for (const address of addresses) expect(address).toMatch(new RegExp(`^${apart}/fichiers/[0-9a-f-]{36}$`));
	const policy = page.headers.get('content-security-policy')!;
	expect(policy).toContain(`; img-src 'self' data: blob: ${apart};`);
	expect(policy).toContain(`; media-src ${apart};`);
	expect(policy.match(/https?:/g)).toHaveLength(2);
	expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

test('an upload is given there to who sees its post, shut in its own policy, and to nobody else', async () => {
	const { addresses } = await published();
	const [sound, document] = addresses as [string, string];
	const mathis = await arrived('mathis');
	const heard = await fetched(mathis, sound, { range: 'bytes=0-9' });
	expect([heard.status, heard.headers.get('content-range')]).toEqual([
		206,
		expect.stringMatching(/^bytes 0-9\//),
	]);
	const { headers, status } = await fetched(mathis, document);
	expect(status).toBe(200);
	expect(Object.fromEntries(headers)).toMatchObject({
		'content-security-policy': "default-src 'none'; sandbox",
		'cross-origin-resource-policy': 'same-site',
		'x-content-type-options': 'nosniff',
		'content-disposition': expect.stringMatching(/^attachment/),
	});
	for (const name of ['ines', 'thibaud', 'awa'] as const)
		expect([name, (await fetched(await arrived(name), sound)).status]).toEqual([name, 404]);
	expect((await fetched(await browser('visitor'), sound)).status).toBe(404);
});

test('here, an upload is only said to be there, whether it exists or not', async () => {
	const { addresses } = await published();
	const path = new URL(addresses[0]!).pathname;
	const nowhere = `/fichiers/${idOf('nothing at all')}?w=480`;
	for (const person of [await arrived('odile'), await browser('visitor')])
		for (const asked of [path, nowhere, '/logo?1'])
			expect(await person.get(asked)).toMatchObject({ status: 307, to: `${apart}${asked}`, html: '' });
});

test('there, nothing is a page: no feed, no sign-in, no form, no program’s door, no refusal drawn', async () => {
	const { odile } = await published();
	for (const path of [
		'/',
		'/fil',
		'/connexion',
		'/health',
		'/api/v1/feed',
		'/theme.css',
		'/nowhere',
		'/refus/404',
	]) {
		const answer = await fetched(odile, `${apart}${path}`);
		expect([path, answer.status, answer.html]).toEqual([path, 404, '']);
		expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
	}
	expect((await odile.post(`${apart}/fil/publier?/publish`, { text: 'x' })).status).toBe(404);
	expect((await odile.post(`${apart}/connexion?/code`, { email: 'a@b.test' })).status).toBe(404);
});

test('there, what a route answers to a refusal is not drawn either', async () => {
	const cookies = { get: () => undefined, getAll: () => [] };
	const url = new URL(`${apart}/fichiers/${idOf('nothing')}`);
	const event = {
		request: new Request(url),
		url,
		cookies,
		locals: {},
		params: {},
		getClientAddress: () => '10.0.0.1',
	};
	const drawn = async () =>
		new Response('<h1>Page</h1>', { status: 404, headers: { 'content-type': 'text/html' } });
	const given = { ...event, route: { id: '/(network)/fichiers/[id=id]' } };
	const answer = await handle({ event: given, resolve: drawn } as unknown as Parameters<typeof handle>[0]);
	expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([404, '', null]);
});

test('the cookie of one host opens nothing at the other', async () => {
	const { addresses } = await published();
	const mathis = await arrived('mathis');
	const [session, pass] = [mathis.cookies.get('coopol')!, mathis.cookies.get('coopol-files')!];
	expect(pass).not.toContain(session);
	const only = async (name: string, value: string, address: string) => {
		const thief = await browser('visitor');
		thief.cookies.set(name, value);
		return thief.get(address);
	};
	expect((await only('coopol-files', pass, addresses[0]!)).status).toBe(200);
	expect((await only('coopol', session, addresses[0]!)).status).toBe(404);
	expect((await only('coopol-files', session, addresses[0]!)).status).toBe(404);
	expect((await only('coopol', pass, '/fil')).to).toMatch(/^\/connexion/);
	expect((await only('coopol-files', pass, '/fil')).to).toMatch(/^\/connexion/);
});

test('a pass made up, of another session or of a secret that changed since, opens nothing', async () => {
	const { addresses } = await published();
	const [mathis, odile] = [await arrived('mathis'), await arrived('odile')];
	const [mine, hers] = [mathis, odile].map(
		({ cookies }) => cookies.get('coopol-files')!.split('.') as [string, string],
	);
	for (const pass of [
		'',
		'x',
		`${mine![0]}.`,
		`${mine![0]}.${'A'.repeat(43)}`,
		`${hers![0]}.${mine![1]}`,
		`${idOf('x')}.${mine![1]}`,
	]) {
		mathis.cookies.set('coopol-files', pass);
		expect([pass, (await fetched(mathis, addresses[0]!)).status]).toEqual([pass, 404]);
	}
	mathis.cookies.set('coopol-files', mine!.join('.'));
	expect((await fetched(mathis, addresses[0]!)).status).toBe(200);
	await asSystem('test', (tx) =>
		tx.run(sql`update people.session set token_hash = 'another' where id = ${mine![0]}::uuid`),
	);
	expect((await fetched(mathis, addresses[0]!)).status).toBe(404);
});

test('a pass ends with its session: signed out here, or from another browser', async () => {
	const { addresses } = await published();
	const there = async (person: Browser) => (await fetched(person, addresses[0]!)).status;
	const [mathis, elsewhere] = [await arrived('mathis'), await arrived('mathis')];
	const kept = mathis.cookies.get('coopol-files')!;
	expect([await there(mathis), await there(elsewhere)]).toEqual([200, 200]);
	await mathis.post('/deconnexion?/default');
	expect(await there(mathis)).toBe(404);
	await mathis.get('/');
	expect(mathis.cookies.has('coopol-files')).toBe(false);
	mathis.cookies.set('coopol-files', kept);
	expect([await there(mathis), await there(elsewhere)]).toEqual([404, 200]);
	await asSystem('test', (tx) =>
		tx.run(sql`update people.session set revoked_at = now() where person_id = ${idOf('mathis')}::uuid`),
	);
	expect(await there(elsewhere)).toBe(404);
});

test('without a host of their own, uploads stay here and no pass is made', async () => {
	vi.stubEnv('COOPOL_FILES_URL', undefined);
	const { odile, page, addresses } = await published();
	expect(addresses.every((address) => address.startsWith('/fichiers/'))).toBe(true);
	expect(page.headers.get('content-security-policy')).toContain("media-src 'self';");
	expect((await odile.get(addresses[0]!)).status).toBe(200);
	expect([...odile.cookies.keys()]).not.toContain('coopol-files');
	expect((await odile.get(`${apart}/fil`)).status).toBe(200);
});
