import { beforeEach, expect, test } from 'vitest';
import { consentsOf, withdrawConsent } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { browser } from '#tests/browse.ts';
import { plain } from '#tests/draw.ts';
import { idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { refused, scene, waited, waiters } from '#tests/traces.ts';
import { feedStage, said, say, to } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();
beforeEach(() => scene(sql`delete from people.consent`, sql`delete from platform.bucket`));

/** Says something to everybody, without a word on whether one may. */
const aloud = (viewer: Viewer, text: string) => say(viewer, text, { ...to('public'), public_ok: undefined });
const agreed = async (who: 'odile' | 'mathis') =>
	(await consentsOf(await as(who))).map(({ purpose, text_version, withdrawn_at }) => [
		purpose,
		text_version,
		withdrawn_at !== null,
	]);

test('the first words of one’s own for everybody wait for an agreement, which is kept; the next ones do not', async () => {
	const odile = await as('odile');
	const tables = ['feed.post', 'people.consent'];
	expect(await refused(tables, () => aloud(odile, 'Venez samedi'))).toBe(
		'Invalid: public_ok feed.public_question',
	);
	await said(odile, 'Venez samedi', to('public'));
	expect(await agreed('odile')).toEqual([['public_words', '2026-11', false]]);
	expect(await outcome(aloud(odile, 'Et dimanche'))).toMatch(/^[0-9a-f-]{36}$/);
	expect(await agreed('odile')).toHaveLength(1);
	// Somebody else's is somebody else's.
	expect(await outcome(aloud(await as('mathis'), 'Moi aussi'))).toBe('Invalid');
});

test('twice at once, one agreement; words within the network, or of a place, ask for none', async () => {
	const odile = await as('odile');
	await Promise.all([say({ ...odile }, 'Un', to('public')), say({ ...odile }, 'Deux', to('public'))]);
	expect(await agreed('odile')).toHaveLength(1);
	await say(await as('mathis'), 'Entre nous', { ...to('network'), public_ok: undefined });
	await say(await as('samuel'), 'La section', {
		...to('public'),
		as: idOf('villebrume'),
		public_ok: undefined,
	});
	expect(await agreed('mathis')).toEqual([]);
	expect(await consentsOf(await as('samuel'))).toEqual([]);
});

test('taken back, one’s own words stay in the network and their pages outside are gone; a place’s stay; one is asked again', async () => {
	const odile = await as('odile');
	const own = await said(odile, 'Lisez-moi', to('public'));
	const other = await said(await as('samuel'), 'La section', { ...to('public'), as: idOf('villebrume') });
	const visitor = await browser('visitor');
	expect((await visitor.get(`/publications/${own}`)).main).toContain('Lisez-moi');
	expect(await withdrawConsent(odile, 'public_words')).toBe(1);
	await drainJobs();
	expect((await visitor.get(`/publications/${own}`)).html).not.toContain('Lisez-moi');
	expect((await thread(await as('ines'), own)).card.audience).toBe('network');
	expect((await thread(await as('visitor'), other)).card.text).toBe('La section');
	expect(await agreed('odile')).toEqual([['public_words', '2026-11', true]]);
	expect(await outcome(aloud(odile, 'Encore'))).toBe('Invalid');
});

test('taken back while a post is on its way: the post is there first, then stays in the network; nothing is agreed anew', async () => {
	const odile = await as('odile');
	await said(odile, 'Lisez-moi', to('public'));
	let both: Promise<unknown>[] = [];
	await asSystem('test', async (tx) => {
		await tx.run(sql`lock table feed.post in share mode`);
		const post = aloud({ ...odile }, 'Et ceci');
		await waited();
		both = [post, withdrawConsent({ ...odile }, 'public_words')];
		await expect.poll(waiters).toBe(2);
	});
	await Promise.all(both);
	await drainJobs();
	const left = await asSystem('test', (tx) =>
		tx.many(sql`select from feed.post where author_id = ${idOf('odile')} and audience = 'public'`),
	);
	expect(left).toEqual([]);
	expect(await agreed('odile')).toEqual([['public_words', '2026-11', true]]);
});

test('the page asks in words, keeps what was typed, and the answer is found among one’s agreements', async () => {
	const odile = await browser('odile');
	const words = { text: 'Rendez-vous au marché', audience: 'public' };
	const asked = await odile.post('/fil/publier?/publish', words);
	expect([asked.status, asked.form!.problems]).toEqual([422, ['public_ok feed.public_question']]);
	expect(plain(asked.main)).toContain('Tout le monde lira ton nom à côté de ces mots');
	expect(asked.field('text')).toBe('Rendez-vous au marché');
	expect(asked.html).toContain('name="public_ok"');
	expect((await odile.post('/fil/publier?/publish', { ...words, public_ok: 'on' })).status).toBe(303);
	expect(plain((await odile.get('/compte/donnees')).main)).toContain(
		'Ton nom à côté de mots que tout le monde lit',
	);
	const done = await odile.through('/compte/donnees?/withdraw', { purpose: 'public_words' });
	expect(done.text).toContain('Ton accord est retiré');
});
