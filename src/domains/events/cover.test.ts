import { render } from 'svelte/server';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { flatPicture } from '#tests/flat-picture.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { refused } from '#tests/traces.ts';
import { wordsContext } from '#ui/words.ts';
import { coverApi, dropCover, seesCover, setCover } from './cover.ts';
import { create } from './create.ts';
import { privacy } from './privacy.ts';
import EventMeta from './public/EventMeta.svelte';
import { showEvent } from './show.ts';
import { inHours, planned, said, set } from './stage.fixture.ts';

stage();
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`)).then(() => {}));

let picture: File;
beforeAll(async () => {
	picture = await flatPicture('stand.png', 1200, 600);
});
const put = async (name: CastName, id: string, cover_words = 'Trois personnes derrière un stand') =>
	setCover(await as(name), id, { cover: picture, cover_words });
const shown = async (id: string) => (await showEvent(await as('samuel'), id)).cover;
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
const kept = async (fileId: string) =>
	(
		await asSystem('test', (tx) =>
			tx.many(sql`select 1 as yes from platform.file where id = ${fileId}::uuid`),
		)
	).length;

test('a picture chosen by who organises stands on the page, the poster and the public page, with its words', async () => {
	const samuel = await browser('samuel');
	const id = await planned({ visibility: 'public' });
	const at = `/evenements/${id}`;
	const words = 'Trois personnes derrière un stand';
	expect((await samuel.get(`${at}/modifier`)).main).toContain('Sans image, un dessin propre à l’événement');
	expect((await samuel.post(`${at}/modifier?/cover`, { cover: picture, cover_words: words })).to).toBe(at);
	expect((await samuel.get(at)).html).not.toContain(words);
	await drainJobs();
	const { id: fileId } = (await shown(id))!;
	for (const [who, path] of [
		['odile', at],
		['odile', `${at}/affiche`],
		['visitor', `/e/${id}`],
	] as const) {
		const { html } = await (await browser(who)).get(path);
		expect([path, html.includes(`alt="${words}"`), html.includes(`/fichiers/${fileId}?w=`)]).toEqual([
			path,
			true,
			true,
		]);
	}
	const event = await showEvent(await as('odile'), id);
	const props = { event, origin: 'https://rive.example', house: 'La Rive' };
	const { head } = render(EventMeta, { props, context: wordsContext(wordsOf(await house())) });
	expect(head).toContain(`content="https://rive.example/fichiers/${fileId}?w=960"`);
	expect(head).toContain(`property="og:image:alt" content="${words}"`);
	expect((await samuel.post(`${at}/modifier?/dropCover`)).to).toBe(`${at}/modifier`);
	expect((await samuel.get(at)).html).not.toContain(words);
	expect(await kept(fileId)).toBe(0);
	expect((await samuel.post(`${at}/modifier?/dropCover`)).status).toBe(404);
});

test('each fault is said at its field of the picture, and the form of the event stays as it is', async () => {
	const samuel = await browser('samuel');
	const id = await planned();
	const send = (more: Record<string, string | File>) =>
		samuel.post(`/evenements/${id}/modifier?/cover`, more);
	const why = await refused(['events.event'], async () => {
		expect((await send({ cover_words: 'Un stand' })).form!.problems).toEqual(['cover groups.cover_needed']);
		expect((await send({ cover: picture, cover_words: 'ab' })).form!.problems).toEqual([
			'cover_words groups.cover_words_needed',
		]);
		const text = await send({ cover: new File(['un texte'], 'a.png'), cover_words: 'Un stand' });
		expect(text.form!.problems).toEqual(['cover groups.cover_not_picture']);
		expect(text.field('title')).toBe('Stand au marché');
		expect(text.field('cover_words')).toBe('Un stand');
	});
	expect(why).toBe('done');
});

test('nobody but who organises chooses it; it is fetched by who sees the event', async () => {
	const id = await planned();
	await put('samuel', id);
	await drainJobs();
	const { id: fileId } = (await shown(id))!;
	const may: string[] = [];
	for (const name of ['odile', 'yamina', 'ines', 'fanny', 'visitor'] as const)
		if (await fetches(name, fileId)) may.push(name);
	expect(may).toEqual(['odile', 'yamina']);
	expect(await outcome(put('odile', id))).toBe('Forbidden');
	expect(await outcome(dropCover(await as('odile'), id))).toBe('Forbidden');
	expect(await outcome(put('fanny', id))).toBe('NotFound');
	const over = await planned({ startsAt: inHours(-30) });
	expect(await outcome(put('samuel', over))).toBe('Forbidden');
	const off = await planned();
	await set(off, 'cancelled_at = now()');
	expect(await outcome(put('samuel', off))).toBe('Forbidden');
});

test('what comes back shows it at each date that follows; the file goes with the last date that shows it', async () => {
	const samuel = await as('samuel');
	const first = await create(samuel, said({ repeat: 'weekly' }));
	const second = (await showEvent(samuel, first)).after!.id;
	await put('samuel', first);
	await drainJobs();
	const { id: fileId } = (await shown(first))!;
	expect(await shown(second)).toMatchObject({ id: fileId });
	await dropCover(samuel, second);
	expect([await shown(second), (await shown(first))?.id, await kept(fileId)]).toEqual([null, fileId, 1]);
	await dropCover(samuel, first);
	expect(await kept(fileId)).toBe(0);
});

test('it goes with who chose it, and programs put one and take it away', async () => {
	const id = await planned();
	const bytes = Buffer.from(await picture.arrayBuffer()).toString('base64');
	const verb = (name: string) => coverApi[name]!;
	const description = 'Un stand';
	await verb('PUT /api/v1/events/[id]/cover').act(
		await as('samuel'),
		{ picture: bytes, description },
		{ id },
	);
	await drainJobs();
	expect(await shown(id)).toMatchObject({ description });
	await asSystem('test', (tx) => privacy.erase(tx, idOf('samuel')));
	const { cover } = await showEvent(await as('yamina'), id);
	expect(cover).toBeNull();
	await setCover(await as('yamina'), id, { cover: picture, cover_words: description });
	await verb('DELETE /api/v1/events/[id]/cover').act(await as('yamina'), {}, { id });
	expect(await outcome(dropCover(await as('yamina'), id))).toBe('NotFound');
});
