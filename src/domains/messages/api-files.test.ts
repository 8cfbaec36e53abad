import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { byKey, faultsIn, json } from '#tests/by-key.ts';
import { ownFiles } from '#tests/files.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { clear, writes } from './messages.fixture.ts';

stage();
const onDisk = ownFiles();
beforeEach(clear);
beforeEach(() => scene(sql`delete from people.token`));

const note = { file: Buffer.from('mot que personne d’autre ne lit').toString('base64'), name: 'note.txt' };
const both = ['messages:read', 'messages:write'];
const odile = () => byKey('odile', both);
const files = async (conversation: string) =>
	json(await (await byKey('samuel', both))('GET', `/conversations/${conversation}/messages`)).items.at(-1)
		.files;
const noise = (width: number) =>
	sharp(randomBytes(width * 300 * 3), { raw: { width, height: 300, channels: 3 } })
		.withExif({ IFD0: { Artist: 'canary-camera' } })
		.jpeg({ quality: 90 })
		.toBuffer();

test('a program begins a conversation with a file, and answers with a photo alone; both are sealed on the disk', async () => {
	const call = await odile();
	const { id } = json(await call('POST', '/conversations', { to: [idOf('samuel')], files: [note] }));
	expect(await files(id)).toMatchObject([{ name: 'note.txt', kind: 'text/plain; charset=utf-8' }]);
	const photo = { file: (await noise(300)).toString('base64'), name: 'stand.jpg' };
	expect((await call('POST', `/conversations/${id}/messages`, { files: [photo] })).status).toBe(201);
	await drainJobs();
	expect(await files(id)).toMatchObject([{ name: 'stand.jpg', kind: 'image/webp' }]);
	for (const { bytes } of await onDisk())
		for (const secret of ['personne', 'canary-camera', 'WEBP']) expect(bytes.includes(secret)).toBe(false);
	const [{ id: kept }] = await files(id);
	expect((await (await browser('samuel')).get(`/fichiers/${kept}`)).status).toBe(200);
	expect((await (await browser('mathis')).get(`/fichiers/${kept}`)).status).toBe(404);
});

test('sent again under its key, it is said once, with its file once', async () => {
	const [call, id] = [await odile(), await writes('odile', 'samuel')];
	const send = () =>
		call('POST', `/conversations/${id}/messages`, { files: [note] }, { 'idempotency-key': 'a' });
	const ids = (await Promise.all([send(), send(), send()])).map((answer) => json(answer).id);
	expect(new Set(ids).size).toBe(1);
	expect(json(await call('GET', `/conversations/${id}/messages`)).items).toHaveLength(2);
	expect(await onDisk()).toHaveLength(1);
});

test.each<[string, object, string]>([
	['nothing at all', {}, '422 text messages.text_needed'],
	['five files', { files: Array(5).fill(note) }, '422 files messages.too_many_files'],
	[
		'a good file beside one that is not',
		{ files: [note, { file: '' }] },
		'422 files.1.file app.invalid_value',
	],
	['no base64', { text: 'x', files: [{ ...note, file: '#' }] }, '422 files.0.file app.invalid_value'],
	['a text in the place of a file', { text: 'x', files: ['x'] }, '422 files.0 app.invalid_value'],
	[
		'a page that runs',
		{ files: [{ file: Buffer.from('<script>1</script>').toString('base64') }] },
		'422 files messages.file.active_content',
	],
])('%s is refused at its field, and nothing is said', async (_, body, expected) => {
	const [call, id] = [await odile(), await writes('odile', 'samuel')];
	expect(faultsIn(await call('POST', `/conversations/${id}/messages`, body))).toBe(expected);
	expect(faultsIn(await call('POST', '/conversations', { to: [idOf('samuel')], ...body }))).toBe(expected);
	expect(json(await call('GET', `/conversations/${id}/messages`)).items).toHaveLength(1);
	expect(await onDisk()).toEqual([]);
});

test('not with a key to read, nor where one does not write', async () => {
	const id = await writes('odile', 'samuel');
	const send = async (call: Awaited<ReturnType<typeof byKey>>) =>
		(await call('POST', `/conversations/${id}/messages`, { files: [note] })).status;
	expect(await send(await byKey('odile', ['messages:read']))).toBe(404);
	expect(await send(await byKey('mathis', both))).toBe(404);
	expect(await onDisk()).toEqual([]);
});

test('a photo of more than a megabyte goes into a conversation that exists, from its page as well', async () => {
	const id = await writes('odile', 'samuel');
	const bytes = await noise(6000);
	expect(bytes.byteLength).toBeGreaterThan(1_000_000);
	const photo = new File([new Uint8Array(bytes)], 'marché.jpg', { type: 'image/jpeg' });
	const sent = await (await browser('odile')).post(`/messages/${id}?/send`, { text: '', 'files[]': [photo] });
	expect([sent.status, (await files(id)).length]).toEqual([303, 1]);
});
