import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, browser } from '#tests/browse.ts';
import { byKey, faultsIn, json } from '#tests/by-key.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { remove } from './remove.ts';
import { feedStage, later } from './stage.fixture.ts';

feedStage();
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from people.token`));

const reads = ['files:read', 'feed:read', 'feed:write', 'messages:read', 'messages:write'];
const note = { file: Buffer.from('ordre du jour').toString('base64'), name: 'ordre.txt' };
const publishes = async (more: object) => {
	const call = await byKey('odile', reads);
	const sent = await call('POST', '/posts', { audience: `unit:${idOf('villebrume')}`, ...more });
	const { id } = json(sent);
	await later(id);
	await drainJobs();
	return { post: id as string, file: json(await call('GET', `/posts/${id}`)).media[0].id as string };
};
const asks = async (who: CastName, file: string, query = '', scopes = reads): Promise<Answer> =>
	(await byKey(who, scopes))('GET', `/files/${file}${query}`);

test('a document comes as it was sent, under its name, only ever to be saved', async () => {
	const { file } = await publishes({ document: note });
	const { status, html, headers } = await asks('mathis', file);
	expect([status, html]).toEqual([200, 'ordre du jour']);
	expect(headers.get('content-disposition')).toMatch(/^attachment; .*ordre\.txt/);
	expect(headers.get('content-security-policy')).toContain('sandbox');
	expect(headers.get('x-content-type-options')).toBe('nosniff');
	expect(headers.get('accept-ranges')).toBeNull();
});

test('a picture comes at the width asked; a width that is none is refused', async () => {
	const wide = await sharp({ create: { width: 1100, height: 60, channels: 3, background: '#00616c' } })
		.png()
		.toBuffer();
	const { file } = await publishes({ photos: [{ file: wide.toString('base64'), description: '' }] });
	const lengths: Record<string, string | null> = {};
	for (const w of ['?w=100', '?w=800', ''])
		lengths[w] = (await asks('mathis', file, w)).headers.get('content-length');
	expect(new Set(Object.values(lengths)).size).toBe(3);
	expect((await asks('mathis', file)).headers.get('content-type')).toBe('image/webp');
	expect(faultsIn(await asks('mathis', file, '?w=large'))).toBe('422 w app.invalid_value');
});

test('it is there for who sees what holds it, while they do, and for a key that fetches files', async () => {
	const { post, file } = await publishes({ document: note });
	for (const who of ['ines', 'thibaud'] as const)
		expect([who, (await asks(who, file)).status]).toEqual([who, 404]);
	expect((await asks('mathis', idOf('nothing'))).status).toBe(404);
	const others = reads.filter((scope) => scope !== 'files:read');
	expect((await asks('odile', file, '', others)).status).toBe(404);
	await remove(await as('odile'), post);
	expect((await asks('odile', file)).status).toBe(404);
});

test('a file of a message comes to who is in the conversation', async () => {
	const call = await byKey('odile', reads);
	const { id } = json(await call('POST', '/conversations', { to: [idOf('samuel')], files: [note] }));
	const { items } = json(await call('GET', `/conversations/${id}/messages`));
	const file = items[0].files[0].id;
	expect((await asks('samuel', file)).html).toBe('ordre du jour');
	expect((await asks('mathis', file)).status).toBe(404);
});

test('a browser fetches none here, signed in or not: a file never stands on the host of pages', async () => {
	const { file } = await publishes({ document: note });
	for (const who of ['odile', 'visitor'] as const) {
		const { status, html } = await (await browser(who)).get(`/api/v1/files/${file}`);
		expect([who, status, html.includes('ordre')]).toEqual([who, 401, false]);
	}
});
