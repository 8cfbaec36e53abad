import { beforeAll, describe, expect, test } from 'vitest';
import { befriend, feedStage, said, to } from '#domains/feed/stage.fixture.ts';
import { openContact, saveReach } from '#domains/profiles/index.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

feedStage();

let browsers: Record<'odile' | 'mathis' | 'samuel', Browser>;
let thread: string;
let own: Record<'odile' | 'mathis', string>;
const names = { odile: 'Odile Fabrègat', mathis: 'Mathis Lanoëz' };
const words = { odile: 'Confitures d’Odile', mathis: 'Pétanque de Mathis' };

/** Every page of the network where somebody may meet somebody else. */
const pages = (other: 'odile' | 'mathis') => [
	'/fil',
	'/fil?vue=reseau',
	'/contacts',
	'/avis',
	`/publications/${thread}`,
	`/publications/${own[other]}`,
	`/personnes/${idOf(other)}`,
	`/personnes/${idOf('samuel')}`,
	`/unites/${idOf('villebrume')}`,
	`/unites/${idOf('villebrume')}/membres`,
	`/recherche?q=${encodeURIComponent(names[other])}`,
	`/recherche?q=${encodeURIComponent(words[other])}`,
	`/recherche/suggestions?q=${encodeURIComponent(names[other].slice(0, 6))}`,
];
/** The pages, by address without what follows, where this person or their words are read by the other. */
async function meets(who: 'odile' | 'mathis' | 'samuel', other: 'odile' | 'mathis'): Promise<string[]> {
	const met: string[] = [];
	for (const page of pages(other)) {
		const { html, status } = await browsers[who].get(page);
		// What was typed is shown back.
		const shown = html.replaceAll(/<input[^>]*>|<title>.*?<\/title>/g, '').replaceAll(/«[^»]*»/g, '');
		if (status === 200 && (shown.includes(names[other]) || shown.includes(words[other])))
			met.push(page.replaceAll(/[0-9a-f-]{36}/g, '…').replace(/q=.*/, 'q='));
	}
	return met;
}

beforeAll(async () => {
	await befriend('odile', 'mathis');
	thread = await said(await as('samuel'), 'Qui vient samedi ?', to('network'));
	own = {
		odile: await said(await as('odile'), words.odile, to('network')),
		mathis: await said(await as('mathis'), words.mathis, to('network')),
	};
	browsers = {
		odile: await browser('odile'),
		mathis: await browser('mathis'),
		samuel: await browser('samuel'),
	};
	for (const one of ['odile', 'mathis'] as const)
		await browsers[one].post(`/publications/${thread}?/comment`, { text: words[one] });
	await browsers.mathis.post(`/publications/${own.odile}?/comment`, { text: words.mathis });
	await drainJobs();
});

describe('before anything, the two meet', () => {
	test.each([
		['odile', 'mathis'],
		['mathis', 'odile'],
	] as const)('%s meets %s on her home, in threads, in search, among contacts', async (who, other) => {
		expect(await meets(who, other)).toEqual(
			expect.arrayContaining([
				'/fil',
				'/contacts',
				'/publications/…',
				'/personnes/…',
				'/unites/…/membres',
				'/recherche?q=',
				'/recherche/suggestions?q=',
			]),
		);
	});
});

describe('once Odile blocked Mathis', () => {
	beforeAll(async () => {
		await scene(sql`delete from platform.bucket`);
		await browsers.odile.post(`/securite/bloquer?personne=${idOf('mathis')}&/block`, {
			person: idOf('mathis'),
		});
		await drainJobs();
	});

	test.each([
		['odile', 'mathis'],
		['mathis', 'odile'],
	] as const)('%s meets %s on no page at all', async (who, other) => {
		expect(await meets(who, other)).toEqual([]);
	});

	test('the others read both as before: nobody learns of it', async () => {
		expect(await meets('samuel', 'mathis')).toContain('/publications/…');
		expect(await meets('samuel', 'odile')).toContain('/publications/…');
		expect(await meets('samuel', 'odile')).toContain('/unites/…/membres');
	});

	test('neither reaches the other by writing to an address they had kept', async () => {
		const tried = async (who: 'odile' | 'mathis', path: string, fields: Record<string, string>) =>
			(await browsers[who].post(path, fields)).status;
		const other = { odile: 'mathis', mathis: 'odile' } as const;
		for (const who of ['odile', 'mathis'] as const) {
			const them = other[who];
			expect([
				await tried(who, `/publications/${own[them]}?/comment`, { text: 'Encore moi' }),
				await tried(who, `/personnes/${idOf(them)}?/open`, { what: 'email', reason: 'Bonjour' }),
				await tried(who, '/contacts?/ask', { person: idOf(them) }),
			]).toEqual([404, 404, 404]);
		}
	});

	test('naming her in a text tells her nothing', async () => {
		await said(await as('mathis'), `Merci @${names.odile}`, to('network'));
		await drainJobs();
		expect((await browsers.odile.get('/avis')).main).not.toContain(names.mathis);
	});

	test('what he had opened of her is still hers to read: it is her journal', async () => {
		await browsers.odile.post('/securite?/unblock', { person: idOf('mathis') });
		const audiences = { phone_audience: 'unit', email_audience: 'unit', unit_audience: 'unit' } as const;
		await saveReach(await as('odile'), { phone: '', ...audiences });
		await openContact(await as('mathis'), idOf('odile'), { what: 'email', reason: '' });
		await browsers.odile.post(`/securite/bloquer?personne=${idOf('mathis')}&/block`, {
			person: idOf('mathis'),
		});
		expect((await browsers.odile.get('/qui-me-voit')).main).toMatch(/a affiché ton adresse/);
	});
});

describe('once she unblocked him and muted him instead', () => {
	beforeAll(async () => {
		await scene(sql`delete from platform.bucket`, sql`delete from safety.block`);
		await browsers.odile.post(`/securite/bloquer?personne=${idOf('mathis')}&/mute`, {
			person: idOf('mathis'),
		});
	});

	test('her home and her notices are without him; his page, and what she looks for, are not', async () => {
		const met = await meets('odile', 'mathis');
		expect(met).not.toContain('/fil');
		expect(met).not.toContain('/avis');
		expect(met).toContain('/personnes/…');
	});

	test('he notices nothing: he meets her everywhere as before', async () => {
		const met = await meets('mathis', 'odile');
		expect(met).toEqual(expect.arrayContaining(['/fil', '/publications/…', '/personnes/…', '/recherche?q=']));
	});

	test('his new words ring no bell of hers, and ring the others’', async () => {
		await said(await as('odile'), 'Un mot de plus', to('network'));
		await scene(sql`delete from notices.notice`);
		await browsers.mathis.post(`/publications/${own.odile}?/comment`, { text: 'Une réponse' });
		await browsers.mathis.post(`/publications/${thread}?/comment`, { text: 'Une réponse' });
		await drainJobs();
		expect((await browsers.odile.get('/avis')).main).toContain('Rien de neuf');
		expect((await browsers.samuel.get('/avis')).main).toContain(names.mathis);
	});
});

test('an officer kept apart by a member still reads the list of their members, and the member that they may', async () => {
	await scene(sql`delete from platform.bucket`, sql`delete from safety.block`);
	await browsers.odile.post(`/securite/bloquer?personne=${idOf('samuel' satisfies CastName)}&/block`, {
		person: idOf('samuel'),
	});
	expect((await browsers.odile.get(`/personnes/${idOf('samuel')}`)).status).toBe(404);
	expect((await browsers.odile.get('/qui-me-voit')).main).toContain('Samuel Oudraine');
	expect((await browsers.samuel.get(`/unites/${idOf('villebrume')}/membres`)).main).toContain(names.odile);
});
