import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from '#tests/browser.ts';
import { bundled, pageOf } from '#ui/catalogue/browser.fixture.ts';

const face = `node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2`;
const words = 'Réunion de section samedi à dix heures, au marché, avec les tracts et le café. ';
const posts = [1, 2, 3, 4, 5, 6].map((long) => `<h2>Samedi</h2><p>${words.repeat(long)}</p>`).join('');

describe('letters that come late', () => {
	let browser: Browser;
	let sheet: string;
	beforeAll(async () => {
		sheet = await bundled('src/ui/styles/index.css', 'css');
		browser = await launch();
	}, 60_000);
	afterAll(() => browser?.close());

	test('nothing that is being read moves', async () => {
		const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
		const font = await readFile(face);
		let faces = 0;
		await page.route('**/*', async (route) => {
			const { pathname } = new URL(route.request().url());
			if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: pageOf(posts) });
			if (pathname === '/ui.css') return route.fulfill({ contentType: 'text/css', body: sheet });
			if (!pathname.endsWith('.woff2')) return route.abort();
			faces++;
			await pause(800);
			return route.fulfill({ contentType: 'font/woff2', body: font });
		});
		await page.goto('http://localhost/', { waitUntil: 'load' });
		await pause(1500);
		expect(faces).toBeGreaterThan(0);
		expect(await page.evaluate(shiftOf)).toBe(0);
	});
});

/** How far what is there moved since the page opened, as browsers count it. */
const shiftOf = () =>
	new Promise<number>((resolve) => {
		new PerformanceObserver((list) => {
			const moves = list.getEntries() as (PerformanceEntry & { value: number })[];
			resolve(moves.reduce((sum, { value }) => sum + value, 0));
		}).observe({ type: 'layout-shift', buffered: true });
		setTimeout(() => resolve(0), 500);
	});
