import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is wrong on a page: what axe finds (WCAG 2.2 AA and best practices), what is wider than the screen at 100 % and 150 %. */
export async function inspect(page: Page, { width }: { width: number }): Promise<string[]> {
	const wrongs: string[] = [];
	const chosen = await page.evaluate<string>(`document.documentElement.dataset.text ?? ''`);
	for (const text of width < 600 ? ['150', '100'] : ['100']) {
		await page.evaluate(`document.documentElement.dataset.text = '${text}'`);
		const over = await page.evaluate<string>(tooWide);
		if (over) wrongs.push(`overflows at ${text} %: ${over}`);
	}
	if (chosen) await page.evaluate(`document.documentElement.dataset.text = '${chosen}'`);
	await page.evaluate(axe);
	wrongs.push(...(await page.evaluate<string[]>(runAxe)).map((one) => `axe ${one}`));
	return wrongs;
}

/**
 * The same, for a page whose browser runs no script (nor axe): a copy of what it shows is opened in another browser of the
 * same size, with the same address and styles.
 */
export async function inspectCopy(page: Page, way: { width: number; height: number }): Promise<string[]> {
	const body = await page.content();
	const context = await (page.context().browser() as Browser).newContext({
		viewport: way,
		reducedMotion: 'reduce',
	});
	try {
		await context.addCookies(await page.context().cookies());
		const copy = await context.newPage();
		await copy.route('**/*', (route) => {
			const kind = route.request().resourceType();
			if (kind === 'document') return route.fulfill({ contentType: 'text/html; charset=utf-8', body });
			return kind === 'script' ? route.abort() : route.continue();
		});
		await copy.goto(page.url());
		return await inspect(copy, way);
	} finally {
		await context.close();
	}
}

// What sticks out of the screen to the right.
const tooWide = `(() => {
	const wide = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= wide) return '';
	const out = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > wide + 1);
	return document.documentElement.scrollWidth + ' px, ' + out.slice(-3).map((e) => e.tagName + '.' + (e.className.baseVal ?? e.className)).join(' ');
})()`;

const runAxe = `axe.run({ resultTypes: ['violations'] }).then((result) =>
	result.violations.flatMap((one) => one.nodes.slice(0, 2).map((node) => one.id + ' ' + node.target + ' ' + node.html.slice(0, 120))))`;
