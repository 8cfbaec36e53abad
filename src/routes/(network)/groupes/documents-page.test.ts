import { beforeAll, expect, test } from 'vitest';
import { opened } from '#domains/groups/groups.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

let odile: Browser;
let mathis: Browser;
beforeAll(async () => {
	[odile, mathis] = [await browser('odile'), await browser('mathis')];
});

test('documents of a group are pinned and let go from their page, by who leads it', async () => {
	const group = await opened('odile');
	await odile.post('/fil/publier?/publish', {
		text: 'Le plan',
		audience: `group:${group}`,
		document: new File(['plan'], 'plan.txt', { type: 'text/plain' }),
	});
	await scene(sql`update feed.post set publish_after = now() - interval '1 second'`);
	const file = (await asSystem('test', (tx) =>
		tx.one<{
			id: string;
		}>(sql`select media.file_id as id from feed.media join feed.post on post.id = media.post_id
			where post.group_id = ${group}`),
	))!.id;
	const at = `/groupes/${group}/documents`;
	await mathis.post(`/groupes/${group}?/join`);
	expect((await mathis.post(`${at}?/pin`, { file })).status).toBe(403);
	expect((await odile.through(`${at}?/pin`, { file })).text).toMatch(/épinglé/i);
	expect((await mathis.get(`/groupes/${group}`)).main).toContain('plan.txt');
	await odile.post(`${at}?/unpin`, { file });
	expect((await odile.post(`${at}?/pin`, { file: newId() })).status).toBe(404);
});
