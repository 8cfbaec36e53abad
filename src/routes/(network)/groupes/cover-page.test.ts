import { beforeAll, beforeEach, expect, test } from 'vitest';
import { opened } from '#domains/groups/groups.fixture.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { flatPicture } from '#tests/flat-picture.ts';
import { stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';

stage();

let odile: Browser;
let at: string;
let picture: File;
beforeAll(async () => {
	odile = await browser('odile');
	picture = await flatPicture('jardin.png', 1200, 600);
});
beforeEach(async () => {
	at = `/groupes/${await opened('odile')}`;
	await scene(sql`delete from platform.bucket`);
});
const put = (more: Record<string, string | File>, who = odile) => who.post(`${at}/modifier?/cover`, more);

test('a picture comes with three signs to three hundred of words; each fault is said at its field, and nothing changes', async () => {
	const problems = async (more: Record<string, string | File>) => (await put(more)).form!.problems;
	const why = await refused(['groups.circle'], async () => {
		expect(await problems({ cover: picture, cover_words: 'é'.repeat(301) })).toEqual([
			'cover_words groups.cover_words_long',
		]);
		expect(await problems({ cover: picture, cover_words: 'ab' })).toEqual([
			'cover_words groups.cover_words_needed',
		]);
		expect(await problems({ cover_words: 'Un potager' })).toEqual(['cover groups.cover_needed']);
		expect(await problems({ cover: new File(['un texte'], 'a.png'), cover_words: 'Un potager' })).toEqual([
			'cover groups.cover_not_picture',
		]);
	});
	expect(why).toBe('done');
});

test('put, replaced and taken away, the group shows it to who sees the group, with its words', async () => {
	expect((await put({ cover: picture, cover_words: 'é'.repeat(300) })).to).toBe(at);
	await drainJobs();
	expect((await odile.get(at)).html).toContain(`alt="${'é'.repeat(300)}"`);
	await put({ cover: picture, cover_words: 'Le potager en mai' });
	await drainJobs();
	const page = (await odile.get(at)).html;
	expect([page.includes('alt="Le potager en mai"'), page.includes('é'.repeat(300))]).toEqual([true, false]);
	expect((await odile.post(`${at}/modifier?/dropCover`)).to).toBe(`${at}/modifier`);
	expect((await odile.get(at)).html).not.toContain('Le potager en mai');
	expect((await odile.post(`${at}/modifier?/dropCover`)).status).toBe(404);
});

test('who does not lead the group changes no picture: 403 to who sees it, and the page of changes is not theirs', async () => {
	const mathis = await browser('mathis');
	expect((await put({ cover: picture, cover_words: 'Un potager' }, mathis)).status).toBe(403);
	expect((await mathis.post(`${at}/modifier?/dropCover`)).status).toBe(403);
	expect((await mathis.get(`${at}/modifier`)).status).toBe(403);
	const visitor = await browser('visitor');
	expect((await put({ cover: picture, cover_words: 'Un potager' }, visitor)).status).toBe(401);
});
