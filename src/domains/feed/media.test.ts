import sharp from 'sharp';
import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { fetchFile } from '#platform/files/fetch.ts';
import { QUOTA } from '#platform/files/keep.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { drawSizes, seesMedia } from './media.ts';
import { remove } from './remove.ts';
import { feedStage, hide, said, to } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();

const photo = async (width = 1200) =>
	new File(
		[
			new Uint8Array(
				await sharp({ create: { width, height: 600, channels: 3, background: '#00616c' } })
					.withExif({ IFD0: { Artist: 'CANARY' } })
					.jpeg()
					.toBuffer(),
			),
		],
		'marché.jpg',
		{ type: 'image/jpeg' },
	);
const holders = { 'feed.post': seesMedia };
const fetched = async (who: Parameters<typeof as>[0], id: string, width = 960) =>
	outcome(fetchFile(await as(who), holders, id, { width }));
const mediaOf = async (id: string) => (await thread(await as('odile'), id)).card.media;

test('a photo waits, is redrawn in its sizes without what the camera wrote, and follows its post’s rule', async () => {
	const id = await said(await as('odile'), 'Au marché', {
		photos: [await photo()],
		descriptions: ['Un stand'],
	});
	const [waiting] = await mediaOf(id);
	expect(waiting).toMatchObject({ state: 'waiting', description: 'Un stand' });
	expect(await fetched('odile', waiting!.id)).toBe('NotFound');
	await drawSizes({ fileId: waiting!.id });
	await drawSizes({ fileId: waiting!.id });
	expect(await mediaOf(id)).toMatchObject([{ state: 'ready', kind: 'image/webp', width: 1200 }]);
	const sizes = await asSystem('test', (tx) =>
		tx.many<{ width: number }>(
			sql`select width from platform.rendition where file_id = ${waiting!.id}::uuid order by width`,
		),
	);
	expect(sizes.map(({ width }) => width)).toEqual([480, 960, 1200]);

	const shown = (await fetched('mathis', waiting!.id, 480)) as Response;
	expect(Object.fromEntries(shown.headers)).toMatchObject({
		'content-type': 'image/webp',
		'cache-control': 'private, max-age=31536000, immutable',
		'x-content-type-options': 'nosniff',
		'content-security-policy': expect.stringContaining('sandbox'),
		'content-disposition': 'inline',
	});
	const bytes = Buffer.from(await shown.arrayBuffer());
	expect((await sharp(bytes).metadata()).width).toBe(480);
	expect(bytes.includes('CANARY')).toBe(false);
	for (const name of ['ines', 'visitor', 'thibaud', 'awa'] as const)
		expect(await fetched(name, waiting!.id)).toBe('NotFound');
	expect(await fetched('odile', idOf('nothing'))).toBe('NotFound');
});

test('hidden or removed with its post, a file is given to nobody else', async () => {
	const id = await said(await as('odile'), 'Public', { ...to('public'), photos: [await photo(500)] });
	const [one] = await mediaOf(id);
	await drawSizes({ fileId: one!.id });
	expect(await fetched('visitor', one!.id)).toBeInstanceOf(Response);
	await hide('post', id);
	expect(await fetched('visitor', one!.id)).toBe('NotFound');
	await remove(await as('odile'), id);
	expect(await fetched('odile', one!.id)).toBe('NotFound');
});

test('a document is only ever downloaded, under a name that is safe', async () => {
	const document = new File(['nom;ville\nA;B\n'], 'liste "x"\r\n.csv');
	const id = await said(await as('odile'), 'La liste', { document });
	const [one] = await mediaOf(id);
	const answer = (await fetched('mathis', one!.id)) as Response;
	expect(answer.headers.get('content-disposition')).toMatch(
		/^attachment; filename\*=UTF-8''liste%20%22x%22\.csv$/,
	);
	expect(answer.headers.get('content-security-policy')).toContain('sandbox');
});

test('what is not a photo, an empty file or a drawing with a script is refused at its field, and nothing is published', async () => {
	const odile = await as('odile');
	const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'], 'x.svg');
	const problems = async (more: object) =>
		said(odile, 'x', more).catch((refusal) =>
			refusal.problems.map(({ field, key }: { field: string; key: string }) => `${field} ${key}`),
		);
	expect(await problems({ photos: [svg] })).toEqual([expect.stringMatching(/^photos feed\./)]);
	expect(await problems({ photos: [new File(['bonjour'], 'x.txt')] })).toEqual([
		'photos feed.photo_not_picture',
	]);
	expect(await problems({ document: new File([new Uint8Array(21 * 1024 * 1024)], 'x.pdf') })).toEqual([
		'document feed.file.too_large',
	]);
});

test('what there is no room for is said at its own field', async () => {
	const full = idOf('full');
	await asSystem('test', (tx) =>
		tx.run(sql`insert into platform.file (id, owner_id, holder, kind, name, bytes, state)
			values (${full}, ${idOf('odile')}, 'feed.post', 'text/plain', 'plein', ${QUOTA}, 'ready')`),
	);
	const odile = await as('odile');
	const note = new File(['Un compte rendu.'], 'note.txt');
	expect(await told(said(odile, 'x', { document: note }))).toBe('Invalid: document feed.file.quota');
	expect(await told(said(odile, 'x', { photos: [await photo()], descriptions: [''] }))).toBe(
		'Invalid: photos feed.file.quota',
	);
	await asSystem('test', (tx) => tx.run(sql`delete from platform.file where file.id = ${full}`));
	await said(odile, 'x', { document: note });
});
