import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { openAs } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { zip } from '#platform/files/generators.fixture.ts';
import { QUOTA } from '#platform/files/keep.ts';
import { wav } from '#platform/files/sound/sounds.fixture.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { byKey, type Call, faultsIn, json } from '#tests/by-key.ts';
import { ownFiles } from '#tests/files.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { documentsOf } from './documents/list.ts';
import { keepDraft } from './draft.ts';
import { holdFiles } from './held.ts';
import { feedStage, later } from './stage.fixture.ts';

feedStage();
const onDisk = ownFiles();
beforeEach(() =>
	scene(sql`delete from platform.bucket`, sql`delete from people.token`, sql`delete from feed.post`),
);

const text = (words: string) => Buffer.from(words).toString('base64');
/** A photo out of a camera that wrote its name in it; of noise, it weighs what is asked. */
const photo = async (width = 300, canary = 'canary-camera') =>
	(
		await sharp(randomBytes(width * 200 * 3), { raw: { width, height: 200, channels: 3 } })
			.withExif({ IFD0: { Artist: canary } })
			.jpeg({ quality: 90 })
			.toBuffer()
	).toString('base64');
const here = { text: 'Au marché', audience: `unit:${idOf('villebrume')}` };
const mediaOf = async (call: Call, id: string) => json(await call('GET', `/posts/${id}`)).media;
const opened = () =>
	asSystem('test', (tx) =>
		openAs(tx, {
			...{ name: 'Jardins', purpose: 'Bêcher', visibility: 'closed', homeId: null, subjects: [], people: [] },
			...{ ownerId: idOf('odile'), at: new Date(), activeAt: new Date() },
		}),
	);
const odile = () => byKey('odile', ['feed:read', 'feed:write']);

describe('a program publishes with files', () => {
	test('photos, a sound and a document, as a page would have taken them', async () => {
		const call = await odile();
		const body = {
			...here,
			photos: [
				{ file: await photo(), name: 'IMG_1.jpg', description: 'Un stand' },
				{ file: await photo(), description: '' },
			],
			sound: { file: wav().toString('base64'), name: 'appel.wav', words: 'Rendez-vous samedi' },
			document: { file: text('nom;ville\nA;B\n'), name: '../../liste.csv' },
		};
		const answer = await call('POST', '/posts', body);
		expect(answer.status).toBe(201);
		const { id } = json(answer);
		expect((await onDisk()).some(({ bytes }) => bytes.includes('canary-camera'))).toBe(true);
		await drainJobs();
		expect(await mediaOf(call, id)).toMatchObject([
			{ name: 'IMG_1.jpg', description: 'Un stand', kind: 'image/webp', state: 'ready' },
			{ name: 'document', description: '', kind: 'image/webp', state: 'ready' },
			{ name: 'appel.wav', description: 'Rendez-vous samedi', kind: 'audio/wav', state: 'ready' },
			{ name: 'liste.csv', kind: 'text/csv; charset=utf-8', state: 'ready' },
		]);
		expect((await onDisk()).some(({ bytes }) => bytes.includes('canary-camera'))).toBe(false);
	});

	test('are read by who reads the post, and by nobody else', async () => {
		const answer = await (await odile())('POST', '/posts', {
			...here,
			document: { file: text('Bonjour'), name: 'a.txt' },
		});
		const { id } = json(answer);
		await later(id);
		const [file] = await mediaOf(await odile(), id);
		expect((await (await browser('mathis')).get(`/fichiers/${file.id}`)).html).toBe('Bonjour');
		for (const who of ['ines', 'visitor'] as const)
			expect((await (await browser(who)).get(`/fichiers/${file.id}`)).status).toBe(404);
	});

	test('files alone are enough; a photo may weigh more than what any other verb takes', async () => {
		const call = await odile();
		const file = await photo(8000);
		expect(file.length).toBeGreaterThan(1_000_000);
		const photos = [{ file, description: 'Bruit' }];
		expect((await call('POST', '/posts', { audience: here.audience, photos })).status).toBe(201);
	});

	test('a document of nearly 20 MB is taken whole', async () => {
		const call = await odile();
		const file = Buffer.alloc(19 * 1024 * 1024, 'un mot\n').toString('base64');
		const answer = await call('POST', '/posts', { ...here, document: { file, name: 'long.txt' } });
		expect(faultsIn(answer)).toBe('201');
		expect((await onDisk()).map(({ bytes }) => bytes.length)).toEqual([19 * 1024 * 1024]);
	});

	test('large ones count among the uploads, words among words', async () => {
		const call = await odile();
		await scene(
			sql`insert into platform.bucket (key, level, at) values (${`upload:${idOf('odile')}`}, 20, clock_timestamp())`,
		);
		const photos = [{ file: await photo(8000), description: 'Bruit' }];
		expect((await call('POST', '/posts', { ...here, photos })).status).toBe(429);
		expect((await call('POST', '/posts', here)).status).toBe(201);
	});

	test('sent again under its key, the post and its files are there once', async () => {
		const call = await odile();
		const body = { ...here, document: { file: text('Bonjour'), name: 'a.txt' } };
		const once = { 'idempotency-key': 'photos-of-saturday' };
		const ids = await Promise.all(
			[1, 2, 3].map(async () => json(await call('POST', '/posts', body, once)).id),
		);
		expect(new Set(ids).size).toBe(1);
		expect(await mediaOf(call, ids[0])).toHaveLength(1);
		expect(await onDisk()).toHaveLength(1);
	});

	test('said in a group, a document is in the list of its documents', async () => {
		const call = await odile();
		const group = await opened();
		const document = { file: text('ordre du jour'), name: 'ordre.txt' };
		expect(
			(await call('POST', '/posts', { text: 'Voici', audience: `group:${group}`, document })).status,
		).toBe(201);
		const { documents } = await documentsOf(await as('odile'), group);
		expect(documents.map(({ name }) => name)).toEqual(['ordre.txt']);
	});
});

describe('a file that is refused leaves no post, and nothing on the disk', async () => {
	const tried = async (more: object, call?: Call) => {
		const said = faultsIn(await (call ?? (await odile()))('POST', '/posts', { ...here, ...more }));
		const { n } = (await asSystem('test', (tx) =>
			tx.one<{ n: number }>(sql`select count(*)::int as n from feed.post`),
		))!;
		if ((await onDisk()).length) return `${said}, yet stored`;
		return n ? `${said}, yet published` : said;
	};
	const described = (file: string) => ({ photos: [{ file, description: '' }] });

	const good = await photo();
	test.each<[string, object, string]>([
		['no base64', described('#'), '422 photos.0.file feed.file_unreadable'],
		['nothing in it', described(''), '422 photos.0.file feed.file_unreadable'],
		['no photo', described(text('Bonjour')), '422 photos feed.photo_not_picture'],
		['no description', { photos: [{ file: text('Bonjour') }] }, '422 photos.0.description app.invalid_value'],
		[
			'a description as long as a post',
			{ photos: [{ file: text('x'), description: 'é'.repeat(501) }] },
			'422 photos.0.description feed.description_too_long',
		],
		['five', { photos: Array(5).fill(described(text('x')).photos[0]) }, '422 photos feed.photos_too_many'],
		[
			'a good photo beside one that is none',
			{ photos: [{ file: good, description: '' }, ...described(text('Bonjour')).photos] },
			'422 photos feed.photo_not_picture',
		],
		[
			'a field nobody knows',
			{ document: { file: text('x'), held: '1' } },
			'422 document.held app.invalid_value',
		],
		['no sound', { sound: { file: text('Bonjour') } }, '422 sound feed.sound_not_sound'],
		[
			'an archive',
			{
				document: {
					file: zip([{ name: 'a.exe', content: Buffer.from('MZ') }] as never).toString('base64'),
					name: 'a.pdf',
				},
			},
			'422 document feed.file.unknown_kind',
		],
		[
			'a page',
			{ document: { file: text('<script>alert(1)</script>'), name: 'a.txt' } },
			'422 document feed.file.active_content',
		],
		['a file of the page’s own draft', { held: [idOf('odile')] }, '422 held app.invalid_value'],
	])('%s', async (_, more, expected) => {
		expect(await tried(more)).toBe(expected);
	});

	test('more than 20 MB', async () => {
		const file = Buffer.alloc(21 * 1024 * 1024, 97).toString('base64');
		expect(await tried({ document: { file, name: 'a.txt' } })).toBe('422 app.body_too_large');
	});

	test('no room left', async () => {
		await scene(sql`insert into platform.file (id, owner_id, holder, kind, name, bytes, state)
			values (${idOf('a large file')}, ${idOf('odile')}, 'feed.post', 'text/plain', 'x', ${QUOTA}, 'ready')`);
		const said = await tried({ document: { file: text('Bonjour'), name: 'a.txt' } });
		await scene(sql`delete from platform.file where id = ${idOf('a large file')}`);
		expect(said).toBe('422 document feed.file.quota');
	});

	test('a key to read, a place that is not one’s own: nothing is even stored', async () => {
		const document = { file: text('Bonjour'), name: 'a.txt' };
		expect(await tried({ document }, await byKey('odile', ['feed:read']))).toBe('404');
		expect(await tried({ document, audience: `unit:${idOf('hautsarvan')}` })).toBe(
			'422 audience feed.audience_refused',
		);
	});
});

test('what waits beside a refused page stays there: a program neither takes it nor forgets it', async () => {
	const [call, person] = [await odile(), await as('odile')];
	await holdFiles(person, { document: new File(['Bonjour'], 'attend.txt', { type: 'text/plain' }) });
	await keepDraft(person, { place: 'feed', text: 'À finir ce soir' });
	const answer = await call('POST', '/posts', here);
	expect(answer.status).toBe(201);
	const { id } = json(answer);
	await later(id);
	await keepDraft(person, { place: `post:${id}`, text: 'À répondre' });
	expect((await call('POST', `/posts/${id}/comments`, { text: 'Un mot' })).status).toBe(201);
	const page = await (await browser('odile')).get('/fil/publier');
	expect([page.text.includes('attend.txt'), page.field('text')]).toEqual([true, 'À finir ce soir']);
	const { items } = json(await call('GET', '/drafts'));
	expect(items.map(({ text: kept }: { text: string }) => kept)).toEqual(['À répondre', 'À finir ce soir']);
});
