import { expect, test } from 'vitest';
import { become, leave, type Person, phone, story } from './person.ts';

story();

const bars = (person: Person) => person.text(person.page.locator('[data-bar]').first());
const shelves = (person: Person) => person.page.evaluate(() => caches.keys());
/** What the browser itself says of a line that is cut, and of pages that the worker answered instead. */
const isOfTheLine = (wrong: string) => /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/.test(wrong);

/** Odile asks her phone to keep her pages, and waits until it does. */
async function asksToKeep(): Promise<Person> {
	const odile = await become('odile', { ...phone, script: true });
	await odile.open('/compte/appareil');
	// The box opens once the script is there.
	await odile.until(() => odile.page.locator('input[data-device]').isEnabled());
	await odile.pick('Garder mes pages sur cet appareil');
	await odile.until(() => odile.page.evaluate(() => !!navigator.serviceWorker.controller));
	return odile;
}

/** The path of a discussion of hers, read once and kept: not of words that leave in a few seconds, which nobody can answer yet. */
async function readsDiscussion(odile: Person): Promise<string> {
	await odile.open('/fil');
	const links = await odile.page.locator('main a[href^="/publications/"]').all();
	const hrefs = await Promise.all(links.map((link) => link.getAttribute('href')));
	for (const path of new Set(hrefs.map((href) => (href ?? '').replace(/[?#].*/, '')))) {
		await odile.open(path);
		if (!(await odile.page.locator('#commenter').count())) continue;
		await odile.until(() => odile.page.evaluate(async (asked) => !!(await caches.match(asked)), path));
		return path;
	}
	throw new Error('nothing at home can be answered');
}

test('Odile reads in a stairwell, and what she answers there leaves once when the network is back', async () => {
	const odile = await asksToKeep();
	const { page } = odile;
	const path = await readsDiscussion(odile);

	await page.context().setOffline(true);
	await odile.open('/fil');
	expect(await bars(odile)).toMatch(/^Pas de réseau\. Tu lis cette page comme elle était le /);
	await odile.open('/messages');
	expect(await odile.text()).toContain("Cette page n'est pas sur ton appareil");
	await odile.until(async () => (await odile.text(page.locator('[data-kept-pages]'))).includes('Accueil'));

	await odile.open(path);
	const words = `Écrit sans réseau, ${Date.now()}.`;
	await page.locator('#commenter').fill(words);
	await odile.touch(page.locator('form:has(#commenter) button[type="submit"]'));
	expect(odile.path).toBe('/en-attente');
	await odile.until(async () => (await odile.text()).includes(words));

	await page.context().setOffline(false);
	await odile.until(
		async () => !(await shelves(odile)).includes('later') || (await waiting(odile)) === 0,
		30,
	);
	await odile.open(path);
	expect((await odile.text()).split(words)).toHaveLength(2);
	expect((await leave(odile)).filter((wrong) => !isOfTheLine(wrong))).toEqual([]);
});

test('a network that comes back without a word is found all the same, while the page is open', async () => {
	const odile = await asksToKeep();
	const { page } = odile;
	await page.addInitScript(() =>
		addEventListener('online', (event) => event.stopImmediatePropagation(), true),
	);
	const path = await readsDiscussion(odile);
	await page.context().setOffline(true);
	await odile.open(path);
	const words = `Sans un mot, ${Date.now()}.`;
	await page.locator('#commenter').fill(words);
	await odile.touch(page.locator('form:has(#commenter) button[type="submit"]'));
	await odile.until(async () => (await odile.text()).includes(words));
	await page.context().setOffline(false);
	await odile.until(async () => (await waiting(odile)) === 0, 30);
	await odile.open(path);
	expect((await odile.text()).split(words)).toHaveLength(2);
	expect((await leave(odile)).filter((wrong) => !isOfTheLine(wrong))).toEqual([]);
});

const waiting = (person: Person) =>
	person.page.evaluate(async () => (await (await caches.open('later')).keys()).length);

test('signing out takes her pages from the device', async () => {
	const odile = await asksToKeep();
	await readsDiscussion(odile);
	expect(await shelves(odile)).toContain('pages');
	await odile.open('/deconnexion');
	await odile.press('Se déconnecter', odile.page.locator('main'));
	await odile.until(async () => !(await shelves(odile)).some((name) => /^(pages|later|device)$/.test(name)));
	await odile.page.context().setOffline(true);
	await odile.open('/fil');
	expect(await odile.text()).toContain("Cette page n'est pas sur");
	expect((await leave(odile)).filter((wrong) => !isOfTheLine(wrong))).toEqual([]);
});

test("a page kept under a clock that was wrong: its age is not believed, its date is the house's", async () => {
	const odile = await asksToKeep();
	const { page } = odile;
	const path = await readsDiscussion(odile);
	const keepAsOf = (days: number) =>
		page.evaluate(
			async ([asked, off]) => {
				const shelf = await caches.open('pages');
				const kept = (await shelf.match(asked))!;
				const headers = new Headers(kept.headers);
				headers.set('x-kept-at', new Date(Date.now() + off * 86_400_000).toISOString());
				await shelf.put(asked, new Response(await kept.blob(), { headers }));
			},
			[path, days] as const,
		);
	// The telephone was three days ahead as it kept the page, then was put right.
	await keepAsOf(3);
	await page.context().setOffline(true);
	await odile.open(path);
	const today = new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'long' }).format(new Date());
	expect(await bars(odile)).toContain(`comme elle était le ${today}`);
	// A year ahead: it would have been kept for a year more.
	await page.context().setOffline(false);
	await odile.open(path);
	await keepAsOf(365);
	await page.context().setOffline(true);
	await odile.open(path);
	expect(await odile.text()).toContain("Cette page n'est pas sur ton appareil");
	expect((await leave(odile)).filter((wrong) => !isOfTheLine(wrong))).toEqual([]);
});

test('what the house refuses stays with its words, and nobody else on that device finds it', async () => {
	const odile = await asksToKeep();
	const { page } = odile;
	const path = await readsDiscussion(odile);
	await page.context().setOffline(true);
	await odile.open(path);
	// Longer than the house takes: the field itself would not let it be typed.
	await page.locator('#commenter').evaluate((field) => field.removeAttribute('maxlength'));
	await page.locator('#commenter').fill(`Trop long. ${'mot '.repeat(3000)}`);
	await odile.touch(page.locator('form:has(#commenter) button[type="submit"]'));
	await page.context().setOffline(false);
	await odile.until(async () => /Trop long\. mot mot[\s\S]*Refusé/.test(await odile.text()), 30);
	await odile.open('/fil');
	await odile.until(async () => (await bars(odile)).startsWith('Envois refusés, à revoir : 1.'));

	await odile.open('/demo');
	await odile.touch(page.locator('button[name="who"][value="mathis"]'));
	await odile.until(async () => !(await shelves(odile)).includes('pages'));
	expect(await page.locator('[data-bar]').count()).toBe(0);
	await odile.open('/en-attente');
	await odile.until(async () => (await odile.text()).includes("Rien n'attend"));

	await odile.open('/demo');
	await odile.touch(page.locator('button[name="who"][value="odile"]'));
	await odile.until(async () => (await bars(odile)).startsWith('Envois refusés, à revoir : 1.'));
	await odile.touch(page.locator('[data-bar] a'));
	expect(odile.path).toBe('/en-attente');
	const drop = page.locator('[data-kept-forms] button');
	await drop.click();
	await drop.click();
	await odile.until(async () => (await odile.text()).includes("Rien n'attend"));
	odile.expects = [422];
	expect((await leave(odile)).filter((wrong) => !isOfTheLine(wrong) && !/^422 POST/.test(wrong))).toEqual([]);
});
