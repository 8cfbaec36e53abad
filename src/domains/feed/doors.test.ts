import { beforeAll, describe, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { heardBy } from '#platform/live/heard.fixture.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { channelsOf, newPosts } from './live.ts';
import type { Audience as Any } from './policy.ts';
import { befriend, block, feedStage, hide, later, said, say, to } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();
/** What is said in a group has its own stories (`group-posts.test.ts`). */
type Audience = Exclude<Any, 'group'>;

const audiences: Audience[] = ['public', 'network', 'members', 'unit', 'friends'];
const word: Record<Audience, string> = {
	public: 'abricot',
	network: 'betterave',
	members: 'cerfeuil',
	unit: 'daikon',
	friends: 'estragon',
};
interface Sees {
	/** What they read of Odile’s five posts. */
	reads: Audience[];
	/** Which of them come into their feed by themselves. */
	feed: Audience[];
}
const wide: Audience[] = ['public', 'network', 'members'];
const readers: Partial<Record<CastName | 'visitor', Sees>> = {
	// Of the section.
	odile: { reads: audiences, feed: audiences },
	mathis: { reads: ['public', 'network', 'unit'], feed: ['public', 'network', 'unit'] },
	lucien: { reads: ['public', 'network', 'unit'], feed: ['public', 'network', 'unit'] },
	samuel: { reads: [...wide, 'unit'], feed: [...wide, 'unit'] },
	// A friend of another section.
	ines: { reads: [...wide, 'friends'], feed: [...wide, 'friends'] },
	// Their office moderates there, which gives to read and fills no feed.
	yamina: { reads: [...wide, 'unit'], feed: [] },
	// Elsewhere.
	fanny: { reads: wide, feed: [] },
	tidiane: { reads: ['public', 'network'], feed: [] },
	// Blocked by Odile, though of the section.
	gerard: { reads: [], feed: [] },
	// Out, or not in yet.
	thibaud: { reads: ['public'], feed: [] },
	josiane: { reads: ['public'], feed: [] },
	awa: { reads: ['public'], feed: [] },
	visitor: { reads: ['public'], feed: [] },
};

const posts = {} as Record<Audience, { id: string; file: string }>;
const browsers = {} as Record<string, Browser>;
beforeAll(async () => {
	await befriend('odile', 'ines');
	const odile = await as('odile');
	for (const audience of audiences) {
		const document = new File([`Contenu ${word[audience]}`], `${word[audience]}.txt`, { type: 'text/plain' });
		const more = audience === 'unit' ? {} : to(audience);
		const id = await said(odile, `Un panier de ${word[audience]}`, { ...more, document });
		posts[audience] = { id, file: (await thread(odile, id)).card.media[0]!.id };
	}
	await block('odile', 'gerard');
	for (const name of Object.keys(readers)) browsers[name] = await browser(name as CastName);
});
const found = async (ask: (audience: Audience) => Promise<boolean>) => {
	const seen: Audience[] = [];
	for (const audience of audiences) if (await ask(audience)) seen.push(audience);
	return seen;
};
const isThere = async (name: string, path: string) => (await browsers[name]!.get(path)).status === 200;
const held = (text: string) => audiences.filter((audience) => text.includes(word[audience]));
const has = (name: string) => !['thibaud', 'josiane', 'awa', 'visitor'].includes(name);

describe.each(Object.entries(readers))('%s', (name, { reads, feed }) => {
	test('opens the pages that are for them, and no other', async () => {
		expect(await found((audience) => isThere(name, `/publications/${posts[audience].id}`))).toEqual(
			audiences.filter((one) => reads.includes(one)),
		);
	});

	test('gets the same by the API', async () => {
		expect(await found((audience) => isThere(name, `/api/v1/posts/${posts[audience].id}`))).toEqual(
			audiences.filter((one) => reads.includes(one)),
		);
	});

	test('and the same files', async () => {
		expect(await found((audience) => isThere(name, `/fichiers/${posts[audience].file}`))).toEqual(
			audiences.filter((one) => reads.includes(one)),
		);
	});

	test('finds them by their words, and no other', async () => {
		if (!has(name)) return expect((await browsers[name]!.get('/recherche?q=panier')).status).not.toBe(200);
		expect(held((await browsers[name]!.get('/recherche?q=panier')).main)).toEqual(
			audiences.filter((one) => reads.includes(one)),
		);
	});

	test('has in their feed what is said near them or by a friend; the API gives the same', async () => {
		const [page, api] = [
			await browsers[name]!.get('/fil'),
			await browsers[name]!.get('/api/v1/feed?limit=50'),
		];
		if (!has(name)) return expect([page.status, api.status]).not.toContain(200);
		expect([held(page.main), held(api.html)]).toEqual(
			Array.from({ length: 2 }, () => audiences.filter((one) => feed.includes(one))),
		);
	});

	test('is not told live of a word that they may not read', async () => {
		const { channels, apart } = has(name)
			? await heardBy(await as(name as CastName), newPosts)
			: { channels: [], apart: [] };
		const heard = audiences.filter((audience) => {
			const unitId = audience === 'friends' ? null : idOf('villebrume');
			const from = channelsOf({ byId: idOf('odile'), asUnitId: null, unitId, audience });
			return from.some((channel) => channels.includes(channel)) && !apart.includes(idOf('odile'));
		});
		expect(heard.filter((audience) => !reads.includes(audience))).toEqual([]);
		if (name !== 'odile') expect(heard).toEqual(audiences.filter((one) => feed.includes(one)));
	});
});

describe('the same words, when something happens to them', () => {
	const everywhere = async (name: string, id: string, file: string, text: string) => [
		await isThere(name, `/publications/${id}`),
		await isThere(name, `/api/v1/posts/${id}`),
		await isThere(name, `/fichiers/${file}`),
		(await browsers[name]!.get('/fil')).main.includes(text),
		(await browsers[name]!.get(`/recherche?q=${text}`)).main.includes(`de ${text}`),
		(await browsers[name]!.get(`/api/v1/posts?author=${idOf('odile')}`)).html.includes(text),
	];
	const nowhere = Array.from({ length: 6 }, () => false);
	const anywhere = nowhere.map(() => true);
	const put = async (text: string) => {
		const document = new File([text], `${text}.txt`, { type: 'text/plain' });
		const odile = await as('odile');
		const id = await say(odile, `Un panier de ${text}`, { ...to('network'), document });
		return { id, file: (await thread(odile, id)).card.media[0]!.id };
	};

	test('not out yet, they are nowhere; out, everywhere', async () => {
		const { id, file } = await put('fenouil');
		expect(await everywhere('mathis', id, file, 'fenouil')).toEqual(nowhere);
		await later(id);
		expect(await everywhere('mathis', id, file, 'fenouil')).toEqual(anywhere);
	});

	test.each<[string, (id: string) => Promise<unknown>, string]>([
		['hidden by moderation', (id) => hide('post', id), 'girofle'],
		['removed', (id) => scene(sql`update feed.post set deleted_at = now() where post.id = ${id}`), 'haricot'],
		[
			'taken back',
			(id) => scene(sql`update feed.post set undone_at = now() where post.id = ${id}`),
			'igname',
		],
	])('%s, they are nowhere for anybody else', async (_, happen, text) => {
		const { id, file } = await put(text);
		await later(id);
		await happen(id);
		for (const name of ['mathis', 'samuel', 'ines'])
			expect(await everywhere(name, id, file, text)).toEqual(nowhere);
		for (const path of [`/publications/${id}`, `/api/v1/posts/${id}`, `/fichiers/${file}`])
			expect(await isThere('visitor', path)).toBe(false);
	});

	test('narrowed to nobody else by a friendship that ends', async () => {
		expect(await isThere('ines', `/publications/${posts.friends.id}`)).toBe(true);
		await browsers.odile!.post('/contacts?/remove', { person: idOf('ines') });
		await drainJobs();
		for (const path of [
			`/publications/${posts.friends.id}`,
			`/api/v1/posts/${posts.friends.id}`,
			`/fichiers/${posts.friends.file}`,
		])
			expect(await isThere('ines', path)).toBe(false);
		expect((await browsers.ines!.get('/fil')).main).not.toContain('estragon');
	});
});
