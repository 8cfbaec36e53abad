import { randomBytes } from 'node:crypto';
import { truncate, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { fetchFile } from '#platform/files/fetch.ts';
import { QUOTA } from '#platform/files/keep.ts';
import { store } from '#platform/files/stored.ts';
import { drainJobs } from '#platform/jobs.ts';
import { archive } from '#platform/privacy/archive.ts';
import { sql } from '#platform/sql.ts';
import { domains, holders } from '#registry.ts';
import { ownFiles } from '#tests/files.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { told } from '#tests/traces.ts';
import { thread } from './index.ts';
import { clear, house, writes } from './messages.fixture.ts';

stage();
const onDisk = ownFiles();
beforeEach(clear);

const words = `Un mot que personne d’autre ne lit. ${'Rendez-vous à 19 h. '.repeat(8000)}fin`;
const text = (name = 'note.txt') => new File([words], name, { type: 'text/plain' });
const get = async (who: CastName, id: string, range: string | null = null, width = 0) =>
	fetchFile(await as(who), holders, id, { width, range });
const fileIn = async (who: CastName, conversation: string) =>
	(await thread(await as(who), conversation)).messages[0]!.files[0]!.id;

test('a document of a conversation is read by its people, and by nobody on the disk', async () => {
	const conversation = await writes('odile', 'samuel', 'Voici', [text()]);
	const [kept] = await onDisk();
	expect(kept!.bytes.length).toBeGreaterThan(Buffer.byteLength(words));
	for (const part of ['mot que personne', 'Rendez-vous', 'note.txt'])
		expect(kept!.bytes.includes(part)).toBe(false);
	const id = await fileIn('samuel', conversation);
	const answer = await get('samuel', id);
	expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(words)));
	expect(await answer.text()).toBe(words);
	expect(await outcome(get('mathis', id))).toBe('NotFound');
});

test('a part of it comes as asked, across its segments', async () => {
	const id = await fileIn('samuel', await writes('odile', 'samuel', 'Voici', [text()]));
	const answer = await get('samuel', id, 'bytes=65530-65545');
	const bytes = Buffer.from(words);
	expect([answer.status, answer.headers.get('content-range')]).toEqual([
		206,
		`bytes 65530-65545/${bytes.length}`,
	]);
	expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(65530, 65546))).toBe(true);
	const last = await get('samuel', id, 'bytes=-3');
	expect(await last.text()).toBe('fin');
});

test('a picture is sealed as it came, and in each size it is redrawn in', async () => {
	const picture = await sharp({ create: { width: 700, height: 400, channels: 3, background: 'red' } })
		.jpeg()
		.withExif({ IFD0: { Artist: 'SECRETAUTHOR' } })
		.toBuffer();
	const file = new File([new Uint8Array(picture)], 'photo.jpg', { type: 'image/jpeg' });
	const conversation = await writes('odile', 'samuel', 'Voici', [file]);
	expect((await onDisk())[0]!.bytes.includes('SECRETAUTHOR')).toBe(false);
	await drainJobs();
	const sizes = await onDisk();
	expect(sizes).toHaveLength(2);
	for (const { bytes } of sizes) expect(bytes.includes('WEBP')).toBe(false);
	const answer = await get('samuel', await fileIn('samuel', conversation), null, 480);
	const drawn = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
	expect(drawn).toMatchObject({ format: 'webp', width: 480 });
});

describe('touched on the disk, it is refused', () => {
	const touched = async (touch: (path: string, bytes: Buffer) => Promise<void>) => {
		const id = await fileIn('samuel', await writes('odile', 'samuel', 'Voici', [text()]));
		const [kept] = await onDisk();
		await touch(kept!.path, kept!.bytes);
		return outcome(get('samuel', id).then((answer) => answer.text()));
	};
	const segment = 64 * 1024 + 16;

	test('cut short', async () => {
		expect(await touched((path) => truncate(path, 2 * segment))).toBe('NotFound');
	});
	test('with two segments swapped', async () => {
		const swapped = await touched((path, bytes) =>
			writeFile(
				path,
				Buffer.concat([
					bytes.subarray(segment, 2 * segment),
					bytes.subarray(0, segment),
					bytes.subarray(2 * segment),
				]),
			),
		);
		expect(swapped).not.toContain('Rendez-vous');
	});
	test('replaced by another of the same length', async () => {
		expect(await touched((path, bytes) => writeFile(path, randomBytes(bytes.length)))).not.toContain(
			'Rendez-vous',
		);
	});
});

test('what was kept before files were sealed is still read', async () => {
	const id = await fileIn('samuel', await writes('odile', 'samuel', 'Voici', [text()]));
	const { id: plain } = await store().put(Buffer.from(words), 1_000_000);
	await house(
		sql`update platform.rendition set stored_id = ${plain}, sealed_key = null where file_id = ${id}::uuid`,
	);
	expect(await (await get('samuel', id)).text()).toBe(words);
	expect(await (await get('samuel', id, 'bytes=-3')).text()).toBe('fin');
});

test('one’s own copy holds what one attached, opened', async () => {
	await writes('odile', 'samuel', 'Voici', [text('a-moi.txt')]);
	const zip = await buffer(archive(domains, idOf('odile')));
	expect(zip.includes('a-moi.txt')).toBe(true);
	expect(zip.includes('mot que personne')).toBe(true);
});

test('a file for which there is no room is refused at its field, and nothing is sent', async () => {
	await house(sql`insert into platform.file (id, owner_id, holder, kind, name, bytes, state)
		values (${idOf('full')}, ${idOf('odile')}, 'feed.post', 'text/plain', 'plein', ${QUOTA}, 'ready')`);
	expect(await told(writes('odile', 'samuel', 'Voici', [text()]))).toBe('Invalid: files messages.file.quota');
	await house(sql`delete from platform.file where file.id = ${idOf('full')}`);
	await writes('odile', 'samuel', 'Voici', [text()]);
});
