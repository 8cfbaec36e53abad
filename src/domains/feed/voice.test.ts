import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf, units } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { journal, refused, scene, told } from '#tests/traces.ts';
import { edit } from './edit.ts';
import { postsOf } from './home.ts';
import { remove, restore, undo } from './remove.ts';
import { feedStage, later, said, say, to } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();

const posts = ['feed.post'];
const term = idOf('samuel term');
const villebrume = idOf('villebrume');
const official = { as: villebrume };
const leaves = () => scene(sql`update territory.term set ends_at = now() where term.id = ${term}`);
beforeEach(() =>
	scene(
		sql`update territory.term set ends_at = null where term.id = ${term}`,
		sql`update territory.unit set closed_at = null`,
		sql`update territory.attachment set until = null where attachment.person_id = ${idOf('odile')}`,
	),
);

describe('who left the office', () => {
	test('corrects and removes no more what they said for the place; it stays, and others of the office may', async () => {
		const id = await said(await as('samuel'), 'Réunion mardi', { ...official, ...to('public') });
		await leaves();
		const samuel = await as('samuel');
		expect(await refused(posts, () => edit(samuel, id, { text: 'La section vous ment' }))).toBe('Forbidden');
		expect(await refused(posts, () => remove(samuel, id))).toBe('Forbidden');
		const page = await browser('samuel');
		expect((await page.get(`/publications/${id}/modifier`)).status).toBe(403);
		const shown = await page.get(`/publications/${id}`);
		expect([shown.html.includes('/modifier"'), shown.html.includes('?/remove"')]).toEqual([false, false]);
		expect(await told(edit(await as('yamina'), id, { text: 'Réunion jeudi' }))).toBe('done');
		expect((await thread(await as('visitor'), id)).card.text).toBe('Réunion jeudi');
	});

	test('keeps their own words as anybody', async () => {
		const id = await said(await as('samuel'), 'Moi, Samuel');
		await leaves();
		expect(await told(edit(await as('samuel'), id, { text: 'Moi, Samuel, toujours' }))).toBe('done');
		expect(await told(remove(await as('samuel'), id))).toBe('done');
	});

	test('may still take back, in its ten seconds, what nobody has read', async () => {
		const id = await say(await as('samuel'), 'Trop vite', official);
		await leaves();
		expect(await told(undo(await as('samuel'), id))).toBe('done');
	});

	test('speaks for it no more from a page that was open; the words come back', async () => {
		const page = await browser('samuel');
		await page.get('/fil/publier');
		await leaves();
		const sent = await page.post('/fil/publier?/publish', {
			text: 'Encore moi',
			audience: `unit:${villebrume}`,
			as: villebrume,
		});
		expect([sent.status, sent.form!.problems]).toEqual([422, ['as feed.voice_refused']]);
		expect(sent.field('text')).toBe('Encore moi');
	});

	test('and back in office, answers for what was said before', async () => {
		const id = await said(await as('samuel'), 'Réunion mardi', official);
		await leaves();
		await scene(sql`update territory.term set ends_at = null where term.id = ${term}`);
		expect(await told(edit(await as('samuel'), id, { text: 'Réunion lundi' }))).toBe('done');
	});
});

describe('an office in force', () => {
	test('without its second factor, one still corrects what one said for the place, and says nothing new for it', async () => {
		const id = await said(await as('samuel'), 'Réunion mardi', official);
		const bare = await as('samuel', { factor: false });
		expect(await told(edit(bare, id, { text: 'Réunion jeudi' }))).toBe('done');
		expect(await refused(posts, () => say(bare, 'Autre', official))).toBe('Invalid: as feed.voice_refused');
	});

	test('lent for a day, the voice speaks; ended, it corrects nothing it said', async () => {
		const loan = idOf('loan of the voice');
		await scene(sql`insert into territory.loan (id, lender_id, borrower_id, unit_id, powers, ends_at)
			values (${loan}, ${idOf('samuel')}, ${idOf('odile')}, ${villebrume}, array['unit.speak'], now() + interval '1 day')`);
		const id = await said(await as('odile'), 'La section parle par Odile', official);
		expect(await told(edit(await as('odile'), id, { text: 'La section se corrige' }))).toBe('done');
		await scene(sql`update territory.loan set ended_at = now() where loan.id = ${loan}`);
		expect(await refused(posts, async () => edit(await as('odile'), id, { text: 'À moi' }))).toBe(
			'Forbidden',
		);
		expect(await refused(posts, async () => remove(await as('odile'), id))).toBe('Forbidden');
	});

	test('removed by another of the office, it is journaled, and its author does not bring it back', async () => {
		const id = await said(await as('samuel'), 'Une erreur', official);
		const before = (await journal('feed.remove_post')).length;
		await remove(await as('yamina'), id);
		expect((await journal('feed.remove_post')).slice(before)).toMatchObject([
			{ actor: idOf('yamina'), subject: id, unit: villebrume },
		]);
		expect(await refused(posts, async () => restore(await as('samuel'), id))).toBe('Invalid: feed.too_late');
		expect(await told(restore(await as('yamina'), id))).toBe('done');
	});

	test.each<[CastName, boolean]>([
		['yamina', true],
		['leontine', true],
		['sabrina', true],
		['paulo', false],
		['bertrand', false],
		['driss', false],
		['gerard', false],
	])('%s corrects the words of a section below their own: %s', async (who, may) => {
		const id = await said(await as('samuel'), 'Réunion mardi', { ...official, ...to('network') });
		const act = async () => edit(await as(who), id, { text: 'Réunion jeudi' });
		expect(may ? await told(act()) : await refused(posts, act)).toBe(may ? 'done' : 'Forbidden');
	});
});

describe('what readers see of it', () => {
	let readers: Record<'odile' | 'visitor', Browser>;
	beforeAll(async () => {
		readers = { odile: await browser('odile'), visitor: await browser('visitor') };
	});

	test('the place speaks: inside by whom, outside by nobody, and it is on nobody’s own page', async () => {
		const id = await said(await as('samuel'), 'Marché samedi', { ...official, ...to('public') });
		const inside = (await readers.odile.get(`/publications/${id}`)).main;
		expect(inside).toContain(units.villebrume.name);
		const outside = await readers.visitor.get(`/publications/${id}`);
		expect(outside.main).toContain('Marché samedi');
		expect(outside.html).not.toContain('Samuel');
		const own = await postsOf(await as('odile'), idOf('samuel'));
		expect(own.cards.map((card) => card.id)).not.toContain(id);
	});

	test('a place that closes keeps what it said, and says nothing more', async () => {
		const id = await said(await as('samuel'), 'Au revoir', { ...official, ...to('network') });
		await scene(sql`update territory.unit set closed_at = now() where unit.id = ${villebrume}`);
		expect((await thread(await as('ines'), id)).card.text).toBe('Au revoir');
		expect(await refused(posts, async () => say(await as('samuel'), 'Encore', official))).toBe(
			'Invalid: as feed.voice_refused',
		);
	});

	test('who left the place meanwhile is told at the field, and keeps the words', async () => {
		await scene(
			sql`update territory.attachment set until = now() where attachment.person_id = ${idOf('odile')}`,
		);
		const sent = await readers.odile.post('/fil/publier?/publish', {
			text: 'Chers voisins',
			audience: `unit:${villebrume}`,
		});
		expect([sent.status, sent.form!.problems, sent.field('text')]).toEqual([
			422,
			['audience feed.audience_refused'],
			'Chers voisins',
		]);
		const id = await say(await as('odile'), 'À tout le réseau', to('network'));
		const row = await asSystem('test', (tx) =>
			tx.one<{ unit_id: string | null }>(sql`select unit_id from feed.post where id = ${id}::uuid`),
		);
		expect(row!.unit_id).toBeNull();
		await later(id);
		expect(await outcome(thread(await as('fanny'), id))).toMatchObject({
			card: { text: 'À tout le réseau' },
		});
	});
});
