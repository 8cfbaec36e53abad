import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch } from '#tests/browser.ts';
import { bundled, pageOf } from '#ui/catalogue/browser.fixture.ts';

const home = `<div class="sr-only" role="status" data-says data-busy="Un instant." data-slow="Connexion lente." data-cut="Pas de réseau." data-suggestions="{n} propositions"></div>
<div data-live="/live"></div><a data-live-posts hidden href="#new" data-one="Un nouveau message" data-many="{n} nouveaux messages, voir">x</a>
<span data-live-notices hidden><span data-live-count>0</span></span>
<form id="write" method="post" action="/post"><textarea name="body" data-draft="me:post" maxlength="20" data-count="left"></textarea>
<p id="left" data-template="Encore {n} signes" hidden></p><button>Publier</button></form>
<form id="say"><label for="words">Texte</label><textarea id="words" data-mention="/people?q="></textarea></form>
<label for="town">Commune</label><input id="town" data-suggest="/towns?q=" data-suggest-into="#code"><input id="code" type="hidden">
<details data-menu><summary>Options</summary><a href="#a">Signaler</a></details>
<a href="/ask" data-dialog="sure">Exclure</a><dialog id="sure"><form method="dialog"><button>Ne rien changer</button></form></dialog>
<div class="toast" data-toast="1"><p>Supprimé</p><button type="button" data-close hidden>Fermer</button></div>
<button type="button" data-print hidden>Imprimer</button>`;

const towns = [
	{ value: '07001', label: 'Villebrume', hint: '<b>Val-d’Orsande</b>' },
	{ value: '07002', label: 'Villers' },
];
const news = 'retry: 60000\n\nevent: posts\ndata: {"count":3}\n\nevent: notices\ndata: {"count":5}\n\n';

describe('pages with the script', () => {
	let browser: Browser;
	let context: BrowserContext;
	let page: Page;
	let script: string;
	let posts = 0;
	let connections = 0;

	beforeAll(async () => {
		script = await bundled('src/enhance/main.ts', 'js');
		browser = await launch();
	}, 60_000);
	afterAll(() => browser?.close());

	beforeEach(async () => {
		posts = 0;
		connections = 0;
		context = await browser.newContext({ viewport: { width: 360, height: 740 } });
		const answers: Record<string, (route: Route) => Promise<void>> = {
			'/': (route) => route.fulfill({ contentType: 'text/html', body: pageOf(home) }),
			'/done': (route) =>
				route.fulfill({ contentType: 'text/html', body: pageOf('<p data-draft-done="me:post">Publié</p>') }),
			'/enhance.js': (route) => route.fulfill({ contentType: 'text/javascript', body: script }),
			'/people': (route) => route.fulfill({ json: [{ value: 'p1', label: 'Odile Fabrègat' }] }),
			'/towns': (route) => route.fulfill({ json: towns }),
			'/live': (route) => {
				connections++;
				return route.fulfill({ contentType: 'text/event-stream', body: news });
			},
			// Never answered: the connection is slow.
			'/post': async () => {
				posts++;
			},
		};
		await context.route('**/*', (route) =>
			(answers[new URL(route.request().url()).pathname] ?? ((other) => other.abort()))(route),
		);
		page = await context.newPage();
		await page.goto('http://localhost/');
		return () => context.close();
	});

	test('what was typed is found again, until it was sent', async () => {
		await page.fill('#write textarea', 'Bonjour à tous');
		expect(await page.textContent('#left')).toBe('Encore 6 signes');
		await page.reload();
		expect(await page.inputValue('#write textarea')).toBe('Bonjour à tous');
		await page.goto('http://localhost/done');
		await page.goto('http://localhost/');
		expect(await page.inputValue('#write textarea')).toBe('');
	});

	test('two taps send once, and a slow connection says so', async () => {
		// One call: while the answer is awaited, the browser lets no other in.
		const said = await page.evaluate(`new Promise((resolve) => {
			for (let tap = 0; tap < 3; tap++) setTimeout(() => document.querySelector('#write button').click(), tap * 100);
			setTimeout(() => resolve(document.querySelector('[data-says].toast')?.textContent), 3600);
		})`);
		expect(said).toBe('Connexion lente.');
		expect(posts).toBe(1);
	});

	test('without network a form does not leave: its page says so, with what was typed; back, it is sent', async () => {
		await page.fill('#write textarea', 'Bonjour à tous');
		await context.setOffline(true);
		await page.click('#write button');
		expect(await page.textContent('[data-says].toast')).toBe('Pas de réseau.');
		expect([await page.inputValue('#write textarea'), posts]).toEqual(['Bonjour à tous', 0]);
		await context.setOffline(false);
		await page.click('#write button', { noWaitAfter: true });
		await expect.poll(() => posts).toBe(1);
	});

	test('a commune is chosen with the keyboard, and a hint stays text', async () => {
		await page.locator('#town').pressSequentially('Vil');
		await page.waitForSelector('[role=option]');
		expect(await page.textContent('[role=option] small')).toBe('<b>Val-d’Orsande</b>');
		await page.keyboard.press('ArrowDown');
		expect(await page.getAttribute('#town', 'aria-activedescendant')).toBe('town-list-0');
		await page.keyboard.press('Enter');
		expect([await page.inputValue('#town'), await page.inputValue('#code')]).toEqual(['Villebrume', '07001']);
		expect(await page.getAttribute('#town', 'aria-expanded')).toBe('false');
	});

	test('somebody is named in a text by choosing them after an @', async () => {
		const words = page.locator('#words');
		await words.pressSequentially('Merci @Odi');
		await page.waitForSelector('#words-list [role=option]');
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await words.pressSequentially('!');
		expect(await words.inputValue()).toBe('Merci @Odile Fabrègat !');
		expect(await page.getAttribute('#say [name="named[]"]', 'value')).toBe('p1');
		expect(await page.isVisible('#words-list')).toBe(false);
	});

	test('a menu closes with Escape and gives the focus back', async () => {
		await page.click('summary');
		await page.keyboard.press('Escape');
		expect(await page.getAttribute('details', 'open')).toBeNull();
		expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
	});

	test('a page is printed by its button, that nobody sees without a script', async () => {
		await page.evaluate('window.print = () => (window.printed = (window.printed ?? 0) + 1)');
		await page.click('[data-print]');
		expect(await page.evaluate('window.printed')).toBe(1);
	});

	test('a dangerous link asks in a dialog', async () => {
		await page.click('[data-dialog]');
		expect(await page.isVisible('dialog')).toBe(true);
		await page.click('dialog button');
		expect(await page.isVisible('dialog')).toBe(false);
	});

	test('a message leaves after its time, and stays while the pointer is on it', async () => {
		await page.hover('.toast');
		await page.waitForTimeout(1300);
		expect(await page.locator('.toast').count()).toBe(1);
		await page.mouse.move(1, 1);
		await page.waitForSelector('.toast', { state: 'detached', timeout: 3000 });
	});

	test('new posts and notices arrive in every tab through one connection', async () => {
		await page.waitForSelector('[data-live-posts]:not([hidden])');
		expect(await page.textContent('[data-live-posts]')).toBe('3 nouveaux messages, voir');
		expect(await page.textContent('[data-live-count]')).toBe('5');
		const other = await context.newPage();
		await other.goto('http://localhost/');
		await other.waitForTimeout(400);
		expect(connections).toBe(1);
	});

	test('the script stays under 8 KB on the wire', () => {
		expect(gzipSync(script).length).toBeLessThan(8 * 1024);
	});
});
