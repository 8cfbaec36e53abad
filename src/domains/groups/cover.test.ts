import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { dropCover, seesCover, setCover } from './cover.ts';
import { join } from './enter.ts';
import { opened } from './groups.fixture.ts';
import { privacy } from './privacy.ts';
import { listGroups, showGroup } from './queries.ts';

stage();

const picture = async () =>
	new File(
		[
			new Uint8Array(
				await sharp({ create: { width: 640, height: 400, channels: 3, background: '#357' } })
					.withExif({ IFD0: { Artist: 'canary-camera' } })
					.jpeg()
					.toBuffer(),
			),
		],
		'jardin.jpg',
		{ type: 'image/jpeg' },
	);
const put = async (name: CastName, id: string, cover_words = 'Un potager') =>
	setCover(await as(name), id, { cover: await picture(), cover_words });
const shown = async (name: CastName, id: string) => (await showGroup(await as(name), id)).cover;
const fetches = async (name: CastName | 'visitor', fileId: string) => {
	const viewer = await as(name);
	return Boolean(
		await read(viewer, (tx) =>
			tx.one(
				sql`select 1 as yes from platform.file where file.id = ${fileId}::uuid and ${seesCover(viewer)}`,
			),
		),
	);
};

describe('the picture of a group', () => {
	test('is chosen by who leads, redrawn, and fetched by who sees the group', async () => {
		const id = await opened('odile', { visibility: 'secret' });
		expect(await shown('odile', id)).toBeNull();
		await put('odile', id);
		await drainJobs();
		const cover = (await shown('odile', id))!;
		expect(cover.description).toBe('Un potager');
		expect(await fetches('odile', cover.id)).toBe(true);
		for (const name of ['mathis', 'samuel', 'sabrina', 'visitor'] as const)
			expect(await fetches(name, cover.id)).toBe(false);
		expect(await outcome(put('samuel', id))).toBe('NotFound');
	});

	test('is not a member’s to choose, and what is no picture is refused at the field', async () => {
		const id = await opened('odile');
		await join(await as('mathis'), id);
		expect(await outcome(put('mathis', id))).toBe('Forbidden');
		expect(await outcome(dropCover(await as('mathis'), id))).toBe('Forbidden');
		const text = new File(['ceci n’est pas une image'], 'image.jpg', { type: 'image/jpeg' });
		expect(await outcome(setCover(await as('odile'), id, { cover: text, cover_words: 'Rien' }))).toBe(
			'Invalid',
		);
		expect(await outcome(dropCover(await as('odile'), id))).toBe('NotFound');
	});

	test('gives its place to a new one, or to the drawing; the file before is gone', async () => {
		const id = await opened('odile');
		await put('odile', id);
		await drainJobs();
		const first = (await shown('odile', id))!.id;
		await put('odile', id, 'Une serre');
		await drainJobs();
		const list = await listGroups(await as('ines'), { view: 'made' });
		expect(list.groups.find((one) => one.id === id)?.cover?.description).toBe('Une serre');
		await dropCover(await as('odile'), id);
		expect(await shown('odile', id)).toBeNull();
		const left = await asSystem('test', (tx) =>
			tx.many(
				sql`select file.id from platform.file where file.id = ${first}::uuid or file.holder_id = ${id}::uuid`,
			),
		);
		expect(left).toEqual([]);
	});

	test('goes with who chose it', async () => {
		const id = await opened('lucien');
		await put('lucien', id);
		await drainJobs();
		await asSystem('test', (tx) => privacy.erase(tx, idOf('lucien')));
		const row = await asSystem('test', (tx) =>
			tx.one(sql`select cover_id, cover_description from groups.circle where id = ${id}::uuid`),
		);
		expect(row).toEqual({ cover_id: null, cover_description: '' });
	});
});

test('the directory is narrowed by how much a group lives', async () => {
	const [lively, quiet, asleep] = [await opened('odile'), await opened('samuel'), await opened('ines')];
	await asSystem('test', async (tx) => {
		await tx.run(
			sql`update groups.circle set active_at = now() - interval '40 days' where id = ${quiet}::uuid`,
		);
		await tx.run(sql`update groups.circle set archived_at = now() where id = ${asleep}::uuid`);
	});
	const listed = async (view: 'awake' | 'asleep' | 'all') =>
		(await listGroups(await as('tidiane'), { view })).groups.map(({ id }) => id);
	expect(await listed('awake')).toContain(lively);
	expect(await listed('awake')).not.toContain(quiet);
	expect(await listed('all')).toContain(quiet);
	expect(await listed('asleep')).toContain(asleep);
	expect(await listed('asleep')).not.toContain(lively);
	expect(await listed('all')).not.toContain(asleep);
});
