import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { become, desktop, leave, phone, story } from './person.ts';

story();

/** Texts of the page that are too pale for white paper. */
const pale = (page: Page) =>
	page.evaluate(() => {
		const light = (colour: string) => {
			const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
			return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 > 0.6;
		};
		const isWritten = (one: Element) =>
			[...one.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim());
		return [...document.querySelectorAll('main *')]
			.filter((one) => isWritten(one) && one.getBoundingClientRect().width > 0)
			.filter((one) => light(getComputedStyle(one).color))
			.map((one) => one.textContent!.trim().slice(0, 40));
	});

test('who reads by night prints on white paper: no pale word, no menu, no search box', async () => {
	const odile = await become('odile', { ...desktop, script: false });
	const mode = { name: 'mode', value: 'dark', url: odile.address };
	await odile.page.context().addCookies([mode]);
	for (const path of ['/contacts', '/qui-me-voit', '/ma-section']) {
		await odile.open(path);
		await odile.page.emulateMedia({ media: 'print' });
		expect([path, await pale(odile.page)]).toEqual([path, []]);
		for (const shown of ['.app-header', '.side', '.bottom-nav', '.search', '.btn'])
			expect([path, shown, await odile.page.locator(`${shown}:visible`).count()]).toEqual([path, shown, 0]);
		await odile.page.emulateMedia({ media: 'screen' });
	}
	expect(await leave(odile)).toEqual([]);
});

test('in letters half as large again on a telephone, the name of a wide table is read whole', async () => {
	const bertrand = await become('bertrand', { ...phone, script: false });
	await bertrand.page.context().addCookies([{ name: 'text', value: '150', url: bertrand.address }]);
	await bertrand.open('/administration/droits');
	const captions = bertrand.page.locator('.table-region caption');
	expect(await captions.count()).toBeGreaterThan(1);
	for (const caption of await captions.all()) {
		const right = await caption.evaluate((one) => {
			const range = document.createRange();
			range.selectNodeContents(one);
			return Math.max(...[...range.getClientRects()].map((each) => each.right));
		});
		expect(right).toBeLessThanOrEqual(phone.width);
	}
	expect(await leave(bertrand)).toEqual([]);
});
