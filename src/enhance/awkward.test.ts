import { describe, expect, onTestFinished, test } from 'vitest';
import { pageOf } from '#ui/catalogue/browser.fixture.ts';
import { type Answers, enhanced } from './awkward.fixture.ts';

const live =
	'<div data-live="/live"></div><a data-live-posts hidden href="#new" data-one="Un nouveau message" data-many="{n} nouveaux messages">x</a><span data-live-notices><span data-live-count>4</span></span>';

describe('the script in its bad moments', () => {
	const { open, enter, page, asked } = enhanced();
	describe('what happens elsewhere', () => {
		const stream = (body: string): Answers => ({
			'/live': (route) =>
				route.fulfill({ contentType: 'text/event-stream', body: `retry: 60000\n\n${body}` }),
		});
		const news = (kind: string, ...sent: string[]) =>
			sent.map((text) => `event: ${kind}\ndata: ${text}\n\n`).join('');

		test('numbers that are none are not counted; the good ones add up, and one is said as one', async () => {
			await open(
				live,
				stream(news('posts', '{"count":-3}', '{"count":"x"}', '{}', '{"count":1.5}', '{"count":1}')),
			);
			await page().waitForSelector('[data-live-posts]:not([hidden])');
			expect(await page().textContent('[data-live-posts]')).toBe('Un nouveau message');
		});

		test('nothing left to read hides the badge', async () => {
			await open(live, stream(news('notices', '{"count":0}')));
			await page().waitForSelector('[data-live-notices]', { state: 'hidden' });
			expect(await page().isVisible('[data-live-posts]')).toBe(false);
		});

		test.each([
			[
				'the page saves data',
				"document.addEventListener('readystatechange', () => { document.documentElement.dataset.data = 'low'; });",
			],
			[
				'the telephone does',
				"Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });",
			],
		])('no connection is opened when %s', async (_, before) => {
			await open(`${live}<p id="end"></p>`, stream(''), before);
			await page().waitForLoadState('load');
			await page().evaluate('new Promise((resolve) => setTimeout(resolve, 50))');
			expect(asked()).not.toContain('/live');
		});
	});

	describe('what is typed', () => {
		const field = (key: string) => `<form><textarea id="${key}" data-draft="${key}"></textarea></form>`;
		const drafts = () => page().evaluate('Object.keys(localStorage).sort().join(" ")');

		test('what one page sent does not take away what waits elsewhere; signing out takes all', async () => {
			await open(field('me') + field('post'), {
				'/done': (route) =>
					route.fulfill({ contentType: 'text/html', body: pageOf('<p data-draft-done="me">Publié</p>') }),
				'/out': (route) =>
					route.fulfill({ contentType: 'text/html', body: pageOf('<p data-draft-done="*">À bientôt</p>') }),
			});
			for (const key of ['me', 'post']) await page().fill(`#${key}`, `Pour ${key}`);
			await page().goto('http://localhost/done');
			expect(await drafts()).toBe('draft:post');
			await page().goto('http://localhost/out');
			expect(await drafts()).toBe('');
		});

		test('words that the server gave back are not covered by an older draft', async () => {
			await open(field('me'), {
				'/refused': (route) =>
					route.fulfill({
						contentType: 'text/html',
						body: pageOf('<form><textarea id="me" data-draft="me">Mes mots corrigés</textarea></form>'),
					}),
			});
			await page().fill('#me', 'Mes mots d’avant');
			await page().goto('http://localhost/refused');
			expect(await page().inputValue('#me')).toBe('Mes mots corrigés');
		});

		test('where nothing may be stored, everything else still works', async () => {
			await open(
				`${field('me')}<textarea id="n" maxlength="10" data-count="left"></textarea><p id="left" data-template="Encore {n} signes" hidden></p>`,
				{},
				"Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });",
			);
			await page().fill('#n', 'Bonjour');
			expect(await page().textContent('#left')).toBe('Encore 3 signes');
		});

		test('what is left to write is a number of the page’s language', async () => {
			await open(
				'<textarea id="n" maxlength="10000" data-count="left"></textarea><p id="left" data-template="Encore {n} signes" hidden></p>',
			);
			await page().fill('#n', 'Oui');
			expect(await page().textContent('#left')).toBe('Encore 9\u202f997 signes');
		});

		test('a form that says it may be sent again is; another is not, until its page comes back', async () => {
			const form = (name: string, more = '') =>
				`<form method="post" action="/wait?${name}" ${more}><button id="${name}">Envoyer</button></form>`;
			await open(form('once') + form('again', 'data-again'), { '/wait': () => {} });
			// One call: while the answer is awaited, the browser lets no other in.
			const busy = await page().evaluate(`(() => {
				const tap = (id) => document.getElementById(id).click() || document.getElementById(id).getAttribute('aria-disabled');
				const first = tap('once');
				dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
				return [first, document.getElementById('once').getAttribute('aria-disabled'), tap('again')];
			})()`);
			expect(busy).toEqual(['true', null, null]);
			await enter();
		});
	});

	describe('small things', () => {
		test('a copy is what the field holds, said once it is made', async () => {
			await open(
				'<input id="link" value="https://rive.example/i/ABC"><button data-copy="#link" data-copied="Copié" hidden><span>Copier</span></button>',
			);
			await page().click('[data-copy]');
			await expect.poll(() => page().textContent('[data-copy]')).toBe('Copié');
			expect(await page().evaluate('navigator.clipboard.readText()')).toBe('https://rive.example/i/ABC');
			expect(await page().textContent('[data-says]')).toBe('Copié');
		});

		test('an address is passed on by the sheet of the device; where there is none, its link leads on', async () => {
			const link = '<a href="/wait#passer" data-share="/e/1">Faire passer</a>';
			const answers: Answers = {
				'/wait': (route) => route.fulfill({ body: 'Son adresse', contentType: 'text/html' }),
			};
			await open(
				link,
				answers,
				'navigator.share = (what) => { window.shared = what; return Promise.reject(); }',
			);
			await page().click('a');
			expect(await page().evaluate('new URL(window.shared.url).pathname')).toBe('/e/1');
			await open(link, answers, 'navigator.share = undefined');
			await page().click('a');
			await page().waitForURL('**/wait#passer');
		});

		test('a menu closes when another opens or when one looks elsewhere', async () => {
			const menu = (id: string) =>
				`<details data-menu id="${id}"><summary>${id}</summary><a href="#">x</a></details>`;
			await open(`${menu('one')}${menu('two')}<button id="away">Ailleurs</button>`);
			const isOpen = (id: string) =>
				page()
					.locator(`#${id}`)
					.evaluate((menu: HTMLDetailsElement) => menu.open);
			for (const id of ['one', 'two']) await page().locator(`#${id} summary`).press('Enter');
			expect([await isOpen('one'), await isOpen('two')]).toEqual([false, true]);
			await page().locator('#away').focus();
			expect(await isOpen('two')).toBe(false);
		});

		test('a page that asks for itself again waits while somebody is in it', async () => {
			await open('<a data-refresh="2" href="/sent">Suite</a><input id="in">', {}, '');
			await page().clock.install();
			await page().reload();
			onTestFinished(enter);
			await page().focus('#in');
			await page().clock.fastForward(10_000);
			expect(page().url()).toBe('http://localhost/');
			await page().locator('#in').blur();
			await page().clock.fastForward(2_000);
			await page().waitForURL('**/sent');
		});

		test('a key that the house refuses is told in its words, and may be tried again', async () => {
			await open(
				'<div data-passkey="/key" data-passkey-failed="La clé n’a pas répondu." hidden><button>Entrer</button><p role="status"></p></div>',
				{
					'/key': (route) =>
						route.fulfill({ status: 429, json: { message: 'Trop d’essais : attends une minute.' } }),
				},
			);
			await page().click('[data-passkey] button');
			await expect
				.poll(() => page().textContent('[data-passkey] [role=status]'))
				.toBe('Trop d’essais : attends une minute.');
			expect(await page().isEnabled('[data-passkey] button')).toBe(true);
		});

		test('pictures chosen are drawn with their name, and what is no picture is left out', async () => {
			const png = Buffer.from(
				'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
				'base64',
			);
			await open('<input type="file" multiple data-preview="box"><div id="box"></div>');
			await page().setInputFiles('input', [
				{ name: 'marché.png', mimeType: 'image/png', buffer: png },
				{ name: 'cassée.png', mimeType: 'image/png', buffer: Buffer.from('rien') },
				{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('rien') },
			]);
			await page().waitForSelector('#box canvas');
			expect(
				await page()
					.locator('#box canvas')
					.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))),
			).toEqual(['marché.png']);
		});
	});
});
