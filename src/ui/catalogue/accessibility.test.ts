import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { render } from 'svelte/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from '#tests/browser.ts';
import { bundled, pageOf } from './browser.fixture.ts';
import Catalogue from './Catalogue.svelte';
import Welcome from './Welcome.svelte';

const bodies: Record<string, string> = {
	catalogue: render(Catalogue).body,
	invitation: render(Welcome).body,
	step: render(Welcome, { props: { step: true } }).body,
};
const looks = [
	{ width: 360, mode: 'light', text: '100' },
	{ width: 360, mode: 'dark', text: '150' },
	{ width: 360, mode: 'light', text: '200' },
	{ width: 1280, mode: 'light', text: '130' },
	{ width: 1280, mode: 'dark', text: '100' },
	{ width: 1280, mode: 'light', text: '200' },
];

describe('the catalogue in a browser', () => {
	let browser: Browser;
	let css: string;
	beforeAll(async () => {
		css = await bundled('src/ui/styles/index.css', 'css');
		browser = await launch();
	}, 60_000);
	afterAll(() => browser?.close());

	test.each(
		Object.keys(bodies).flatMap((name) =>
			(name === 'catalogue' ? looks : looks.slice(0, 2)).map((look) => ({ name, ...look })),
		),
	)(
		'$name at $width px, $mode, text $text %: axe finds nothing and nothing overflows',
		async ({ name, width, mode, text }) => {
			const page = await browser.newPage({
				viewport: { width, height: 740 },
				bypassCSP: true,
				reducedMotion: 'reduce',
			});
			await page.route('**/*', (route) => {
				const path = new URL(route.request().url()).pathname;
				if (path === '/ui.css') return route.fulfill({ contentType: 'text/css', body: css });
				if (path === '/')
					return route.fulfill({
						contentType: 'text/html',
						body: pageOf(bodies[name] ?? '', { mode, text }),
					});
				return route.abort();
			});
			await page.goto('http://catalogue.test/');
			const overflow = await page.evaluate(
				'document.documentElement.scrollWidth - document.documentElement.clientWidth',
			);
			expect(overflow).toBeLessThanOrEqual(0);
			await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
			const violations = await page.evaluate(
				'axe.run({ resultTypes: ["violations"] }).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + " " + n.target)))',
			);
			expect(violations).toEqual([]);
			await page.close();
		},
		60_000,
	);

	test('the whole style sheet stays under 12 KB on the wire', () => {
		expect(gzipSync(css).length).toBeLessThan(12 * 1024);
	});
});
