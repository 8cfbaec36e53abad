import { expect, test } from 'vitest';
import { invitePerson } from '#domains/events/index.ts';
import { planned } from '#domains/events/stage.fixture.ts';
import { feedStage } from '#domains/feed/stage.fixture.ts';
import { drainJobs } from '#platform/jobs.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';

feedStage();

/** What the menu says beside this place, in words. */
const beside = async (who: Browser, href: string): Promise<string | null> => {
	const { html } = await who.get('/compte');
	const menu = html.slice(html.indexOf('class="side-nav"'));
	const link = menu.slice(menu.indexOf(`href="${href}"`)).split('</a>')[0]!;
	return /class="sr-only">([^<]+)</.exec(link)?.[1]?.replaceAll(' ', ' ') ?? null;
};
const bell = async (who: Browser) => /data-live-count="">(\d+)</.exec((await who.get('/compte')).html)?.[1];

test('invitations that wait for an answer are counted beside the agenda, until one answers', async () => {
	const odile = await browser('odile');
	expect(await beside(odile, '/agenda')).toBeNull();
	const [first, second] = [await planned(), await planned({ unit: 'montclairval' })];
	await invitePerson(await as('samuel'), first, idOf('odile'));
	await invitePerson(await as('yamina'), second, idOf('odile'));
	await drainJobs();
	expect(await beside(odile, '/agenda')).toBe('2 invitations attendent ta réponse');
	expect(await bell(odile)).toBe('2');
	await odile.post(`/evenements/${first}?/answer`, { presence: 'no' });
	expect(await beside(odile, '/agenda')).toBe('1 invitation attend ta réponse');
	// What was answered where it is asked is not asked again by the bell.
	expect(await bell(odile)).toBe('1');
	await odile.post(`/evenements/${second}?/answer`, { presence: 'maybe' });
	expect(await beside(odile, '/agenda')).toBeNull();
});

test('somebody who would like to get in touch is counted beside one’s people, until one answers', async () => {
	const mathis = await browser('mathis');
	await (await browser('gerard')).post('/contacts?/ask', { person: idOf('mathis') });
	await drainJobs();
	expect(await beside(mathis, '/contacts')).toBe('1 demande attend ta réponse');
	expect(await beside(mathis, '/agenda')).toBeNull();
	const { html } = await mathis.get('/contacts');
	await mathis.post('/contacts?/refuse', { request: /name="request"[^>]*value="([^"]+)"/.exec(html)![1]! });
	expect(await beside(mathis, '/contacts')).toBeNull();
	const odile = await browser('odile');
	await (await browser('gerard')).post('/contacts?/ask', { person: idOf('odile') });
	await drainJobs();
	expect(await beside(odile, '/contacts')).toBe('1 demande attend ta réponse');
	// Who asks whoever asked them has answered.
	await odile.post('/contacts?/ask', { person: idOf('gerard') });
	expect(await beside(odile, '/contacts')).toBeNull();
});
