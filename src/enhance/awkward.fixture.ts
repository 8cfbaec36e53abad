import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { launch } from '#tests/browser.ts';
import { bundled, pageOf } from '#ui/catalogue/browser.fixture.ts';

const says =
	'<div class="sr-only" role="status" data-says data-busy="Un instant." data-slow="Lent." data-suggestions="{n} propositions"></div>';

/** What each address answers. */
export type Answers = Record<string, (route: Route) => unknown>;

/** A browser for a file of stories: opens pages with the script, and notes what they ask for. */
export function enhanced() {
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let script: string;
	let asked: string[] = [];

	let answering: Answers = {};

	beforeAll(async () => {
		script = await bundled('src/enhance/main.ts', 'js');
		browser = await launch();
		await enter();
	}, 60_000);
	afterAll(() => browser?.close());

	/** A browser of its own; one serves most stories. */
	async function enter(): Promise<void> {
		await context?.close();
		context = await browser.newContext({ viewport: { width: 360, height: 740 } });
		await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: 'http://localhost' });
		await context.route('**/*', async (route) => {
			const url = new URL(route.request().url());
			asked.push(url.host === 'localhost' ? url.pathname + url.search : url.href);
			await (answering[url.pathname] ?? ((other: Route) => other.abort()))(route);
		});
		page = await context.newPage();
	}

	/** Opens a page with this inside, and notes what it asks for; `before` runs in it first, in a browser of its own. */
	async function open(html: string, answers: Answers = {}, before = ''): Promise<void> {
		answering = {
			'/': (route) => route.fulfill({ contentType: 'text/html', body: pageOf(says + html) }),
			'/enhance.js': (route) => route.fulfill({ contentType: 'text/javascript', body: script }),
			'/sent': (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Reçu</h1>' }),
			...answers,
		};
		if (before) {
			await enter();
			await page.addInitScript(before);
		}
		asked = [];
		await page.goto('http://localhost/');
		onTestFinished(async () => {
			if (before) await enter();
			else await page.evaluate('localStorage.clear()').catch(() => {});
		});
	}
	return { open, enter, page: () => page, asked: () => asked };
}
