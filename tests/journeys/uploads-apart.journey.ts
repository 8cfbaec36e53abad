import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch } from '#tests/browser.ts';
import { type Site, start } from './site.ts';
import { heardSeconds } from './sound.ts';

let site: Site;
let browser: Browser;

beforeAll(async () => {
	const at = (name: string, port: number) => `http://${name}:${port}`;
	site = await start([], (port) => ({
		COOPOL_ORIGIN: at('coopol.test', port),
		COOPOL_FILES_URL: at('fichiers.coopol.test', port),
		COOPOL_PROXIES: '0',
	}));
	browser = await launch({
		flags: ['--host-resolver-rules=MAP *.coopol.test 127.0.0.1, MAP coopol.test 127.0.0.1'],
	});
}, 180_000);
afterAll(async () => {
	await browser?.close();
	await site?.stop();
}, 60_000);

/** What a browser asks of each host, and what its policy refused, page after page. */
function watched(page: Page) {
	const asked = new Map<string, Set<string>>();
	const refused: string[] = [];
	page.on('request', (request) => {
		const { hostname, protocol } = new URL(request.url());
		if (protocol === 'http:')
			asked.set(hostname, (asked.get(hostname) ?? new Set()).add(request.resourceType()));
	});
	page.on('console', (line) => {
		if (/Content Security Policy|Cross-Origin-Resource-Policy/.test(line.text())) refused.push(line.text());
	});
	return { asked, refused };
}

test('a browser takes its pass along, sees and hears what is on the uploads’ host, and nothing else is there', async () => {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'fr-FR' });
	const page = await context.newPage();
	const { asked, refused } = watched(page);
	await page.goto(`${site.address}/demo`);
	await page.locator('button[name="who"][value="odile"]').click();
	await page.waitForLoadState();
	for (const path of ['/contacts', '/mon-profil', '/recherche?q=Samuel', '/compte', '/fil'])
		await page.goto(`${site.address}${path}`);

	const picture = page.locator('article img').first();
	await picture.scrollIntoViewIfNeeded();
	const width = () => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth);
	await expect.poll(width, { timeout: 10_000 }).toBeGreaterThan(100);
	const player = page.locator('audio').first();
	expect(await player.evaluate(heardSeconds)).toBeGreaterThan(1);
	expect(refused).toEqual([]);
	expect([...asked.keys()].sort()).toEqual(['coopol.test', 'fichiers.coopol.test']);
	expect([...asked.get('fichiers.coopol.test')!].sort()).toEqual(['image', 'media']);
	expect([...asked.get('coopol.test')!]).not.toContain('image');

	const cookies = (await context.cookies()).map(({ name, domain, httpOnly }) => ({ name, domain, httpOnly }));
	expect(cookies).toContainEqual({ name: 'coopol', domain: 'coopol.test', httpOnly: true });
	expect(cookies).toContainEqual({ name: 'coopol-files', domain: '.coopol.test', httpOnly: true });
	const address = (await player.getAttribute('src'))!;
	const stranger = await (await browser.newContext()).newPage();
	// Nothing at all comes with the number: a browser that has a page of errors shows that one.
	const seen = await stranger.goto(address).then(
		(answer) => answer?.status(),
		(error: Error) => /RESPONSE_CODE_FAILURE/.test(error.message) && 404,
	);
	expect(seen).toBe(404);
});
