import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch } from '#tests/browser.ts';
import { bundled, pageOf } from '#ui/catalogue/browser.fixture.ts';

const drawing = `<figure><div><svg viewBox="0 0 1000 500" width="500" height="250" data-ground data-closer="Rapprocher"
data-farther="Éloigner" data-whole="Toute la carte"><a href="#west"><rect width="100" height="500"/></a>
<a href="#east"><rect x="480" width="520" height="500"/></a></svg></div></figure>`;

describe('a drawing with the script', () => {
	let browser: Browser;
	let page: Page;
	let script: string;
	beforeAll(async () => {
		script = await bundled('src/enhance/main.ts', 'js');
		browser = await launch();
	}, 60_000);
	afterAll(() => browser?.close());
	beforeEach(async () => {
		const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
		await context.route('**/*', (route) =>
			route.request().url().endsWith('/enhance.js')
				? route.fulfill({ contentType: 'text/javascript', body: script })
				: route.fulfill({ contentType: 'text/html', body: pageOf(drawing) }),
		);
		page = await context.newPage();
		await page.goto('http://localhost/');
		return () => context.close();
	});
	const view = () => page.getAttribute('svg', 'viewBox');
	const press = (name: string) => page.getByRole('button', { name }).click();

	test('comes closer to its middle, goes back, shows the whole', async () => {
		await press('Rapprocher');
		expect(await view()).toBe('250 125 500 250');
		await press('Rapprocher');
		await press('Éloigner');
		expect(await view()).toBe('250 125 500 250');
		await press('Rapprocher');
		await press('Toute la carte');
		expect(await view()).toBe('0 0 1000 500');
		await press('Éloigner');
		expect(await view()).toBe('0 0 1000 500');
	});

	test('is pulled without opening what is under the finger, never beyond its edge; a tap opens it', async () => {
		await press('Rapprocher');
		const box = (await page.locator('svg').boundingBox())!;
		const at = async (x: number) => page.mouse.move(box.x + x, box.y + 100);
		await at(400);
		await page.mouse.down();
		await at(300);
		await at(200);
		await page.mouse.up();
		expect(await view()).toBe('450 125 500 250');
		expect(new URL(page.url()).hash).toBe('');
		await page.mouse.down();
		await at(0);
		await page.mouse.up();
		expect(await view()).toBe('500 125 500 250');
		await at(400);
		await page.mouse.down();
		await page.mouse.up();
		await page.waitForURL('**/#east', { timeout: 5_000 });
	});

	test('what the keyboard reaches is brought in sight', async () => {
		await press('Rapprocher');
		await page.focus('a[href="#west"]');
		expect(await view()).toBe('0 125 500 250');
	});
});
