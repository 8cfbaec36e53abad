import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from '#tests/browser.ts';
import { bundled, pageOf } from '#ui/catalogue/browser.fixture.ts';

describe('the first look at a page', () => {
	let browser: Browser;
	let start: string;
	beforeAll(async () => {
		start = await bundled('src/enhance/start.ts', 'js');
		browser = await launch();
	}, 60_000);
	afterAll(() => browser?.close());

	test('the page is drawn before its improvements are asked for, of the same build', async () => {
		const page = await browser.newPage();
		const asked: string[] = [];
		await page.route('**/*', async (route) => {
			const { pathname, search } = new URL(route.request().url());
			asked.push(pathname + search);
			if (pathname === '/')
				return route.fulfill({
					contentType: 'text/html',
					body: pageOf('<h1>Fil</h1>').replace('/enhance.js', '/enhance.js?a1'),
				});
			// The style sheet comes last: until then nothing may be drawn, and the script is already there.
			if (pathname === '/ui.css') {
				await pause(500);
				return route.fulfill({ contentType: 'text/css', body: '' });
			}
			const body = pathname === '/enhance.js' ? start : 'document.title = "improved"';
			return route.fulfill({ contentType: 'text/javascript', body });
		});
		await page.addInitScript(`(function look() {
			if (document.styleSheets.length) window.drawn ??= performance.now();
			requestAnimationFrame(look);
		})()`);
		await page.goto('http://localhost/');
		// Asked from outside: the page's own policy refuses a predicate that is written as a string.
		await expect.poll(() => page.title(), { timeout: 5000 }).toBe('improved');
		expect(asked).toContain('/enhance-main.js?a1');
		const [drawn, main] = (await page.evaluate(
			`[window.drawn, performance.getEntriesByName('http://localhost/enhance-main.js?a1')[0].startTime]`,
		)) as [number, number];
		expect(main).toBeGreaterThan(drawn);
	});
});
