import { beforeEach, expect, test } from 'vitest';
import { clear, house, writes } from '#domains/messages/messages.fixture.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();
let odile: Browser;
beforeEach(async () => {
	await clear();
	await scene(
		sql`delete from platform.unsent`,
		sql`delete from platform.file where holder = 'platform.unsent'`,
	);
	odile = await browser('odile');
});

const plan = () => new File(['Le plan du stand'], 'plan.txt', { type: 'text/plain' });
const bad = () => new File([new Uint8Array([0x4d, 0x5a, 0, 1])], 'outil.exe');
const tooLong = 'a'.repeat(10_001);
const kept = (page: Answer) =>
	[...page.html.matchAll(/name="_kept\[\]"[^>]*value="([^"]+)"/g)].map(([, id]) => id!);
const again = (page: Answer, ids = kept(page)) => ({ _unsent: page.field('_unsent')!, '_kept[]': ids });
const names = async () =>
	(
		await house<{ name: string }>(
			sql`select file.name from messages.attachment join platform.file on file.id = attachment.file_id order by file.name`,
		)
	).map(({ name }) => name);
const waiting = () => house(sql`select 1 from platform.file where holder = 'platform.unsent'`);

test('a message refused for its words keeps its file: the next press sends both', async () => {
	const talk = await writes('odile', 'samuel');
	const refused = await odile.post(`/messages/${talk}?/send`, { text: tooLong, 'files[]': [plan()] });
	expect([refused.status, refused.form!.values!.text]).toEqual([422, tooLong]);
	expect(refused.main).toContain('plan.txt');
	const sent = await odile.post(`/messages/${talk}?/send`, { text: 'Voici', ...again(refused) });
	expect([sent.status, await names()]).toEqual([303, ['plan.txt']]);
});

test('a first message too; unticked, the file stays behind', async () => {
	const to = { 'to[]': [idOf('samuel')] };
	const refused = await odile.post('/messages/nouveau?/start', { ...to, text: tooLong, 'files[]': [plan()] });
	expect(kept(refused)).toHaveLength(1);
	await odile.post('/messages/nouveau?/start', { ...to, text: 'Sans le plan', ...again(refused, []) });
	expect(await names()).toEqual([]);
});

test('the good file is kept, the one that is refused is named; refused again, only the last try waits', async () => {
	const talk = await writes('odile', 'samuel');
	const first = await odile.post(`/messages/${talk}?/send`, { text: 'Voici', 'files[]': [plan(), bad()] });
	expect(first.status).toBe(422);
	expect(first.main).toContain('À choisir à nouveau : outil.exe.');
	const second = await odile.post(`/messages/${talk}?/send`, { text: tooLong, ...again(first) });
	expect([kept(second).length, (await waiting()).length]).toEqual([1, 1]);
	expect(second.field('_unsent')).not.toBe(first.field('_unsent'));
	await odile.post(`/messages/${talk}?/send`, { text: 'Enfin', ...again(second) });
	expect(await names()).toEqual(['plan.txt']);
});

test('what waits for one person is nothing to another who writes there', async () => {
	const talk = await writes('odile', 'samuel');
	const refused = await odile.post(`/messages/${talk}?/send`, { text: tooLong, 'files[]': [plan()] });
	const samuel = await browser('samuel');
	expect((await samuel.post(`/messages/${talk}?/send`, { text: 'À moi ?', ...again(refused) })).status).toBe(
		404,
	);
	expect(await names()).toEqual([]);
});
