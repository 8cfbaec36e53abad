import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from '#tests/browser.ts';
import { stage } from '#tests/stage.ts';
import { bundled, pageOf } from '#ui/catalogue/browser.fixture.ts';
import { fillOffices, pages } from './views.fixture.ts';

stage();
beforeAll(fillOffices);

describe('in a browser', () => {
	let browser: Browser;
	let css: string;
	beforeAll(async () => {
		css = await bundled('src/ui/styles/index.css', 'css');
		browser = await launch();
	}, 60_000);
	afterAll(() => browser?.close());

	// Each page takes seconds: the five that differ most, or all of them with COOPOL_TESTS=long.
	const chosen = Object.entries(pages).filter(
		([name]) =>
			process.env.COOPOL_TESTS === 'long' || ['led_unit', 'lend', 'kind', 'rights', 'apps'].includes(name),
	);
	test.each(chosen)(
		'%s: axe finds nothing and nothing overflows at 360 px, text 150 %',
		async (_, view) => {
			const page = await browser.newPage({
				viewport: { width: 360, height: 740 },
				bypassCSP: true,
				reducedMotion: 'reduce',
			});
			const body = pageOf(`<main class="feed">${await view()}</main>`, { mode: 'light', text: '150' });
			await page.route('**/*', (route) => {
				const path = new URL(route.request().url()).pathname;
				if (path === '/ui.css') return route.fulfill({ contentType: 'text/css', body: css });
				return path === '/' ? route.fulfill({ contentType: 'text/html', body }) : route.abort();
			});
			await page.goto('http://offices.test/');
			const overflow = await page.evaluate(
				'document.documentElement.scrollWidth - document.documentElement.clientWidth',
			);
			expect(overflow).toBeLessThanOrEqual(0);
			await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
			const found = (await page.evaluate(
				'axe.run().then((r) => r.violations.map((v) => v.id + " " + v.nodes[0].html))',
			)) as string[];
			expect(found).toEqual([]);
			await page.close();
		},
		60_000,
	);
});
