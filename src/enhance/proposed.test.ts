import type { Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { enhanced } from './awkward.fixture.ts';

const town =
	'<form id="f" action="/sent"><label for="town">Commune</label><input id="town" name="town" data-suggest="/towns?q=" data-suggest-into="#code"><input id="code" name="code" type="hidden"></form><button id="away">Ailleurs</button>';

describe('what is proposed while one types', () => {
	const { open, page, asked } = enhanced();
	const towns = (list: { value: string; label: string }[]) => (route: Route) => route.fulfill({ json: list });
	const two = [
		{ value: '1', label: 'Villebrume' },
		{ value: '2', label: 'Villers' },
	];
	/** Long enough for a question to be asked. */
	const calm = () => page().evaluate('new Promise((resolve) => setTimeout(resolve, 260))');
	const lines = () => page().locator('#town-list [role=option]').allTextContents();
	const type = async (text: string) => {
		await page().locator('#town').pressSequentially(text);
		await page().waitForSelector('#town-list [role=option]');
	};

	describe('suggestions', () => {
		test('a late answer to what is no longer typed does not replace the newer one', async () => {
			let late: Route | undefined;
			await open(town, {
				'/towns': (route) => {
					if (!route.request().url().endsWith('Vill')) return towns(two)(route);
					late = route;
				},
			});
			await page().locator('#town').pressSequentially('Vill');
			await expect.poll(() => late).toBeDefined();
			await type('eb');
			await late!.fulfill({ json: [{ value: '9', label: 'Trop tard' }] }).catch(() => {});
			expect(await lines()).toEqual(['Villebrume', 'Villers']);
		});

		test('typing again after a choice forgets the choice: no town is sent under another’s name', async () => {
			await open(town, { '/towns': towns(two) });
			await type('Vil');
			await page().locator('#town-list [role=option]').nth(1).click();
			expect([await page().inputValue('#town'), await page().inputValue('#code')]).toEqual(['Villers', '2']);
			await page().locator('#town').press('Backspace');
			expect(await page().inputValue('#code')).toBe('');
		});

		test('Escape closes the list and sends nothing; Enter then sends what was typed', async () => {
			await open(town, { '/towns': towns(two) });
			await type('Vil');
			await page().keyboard.press('Escape');
			expect([await page().isVisible('#town-list'), page().url()]).toEqual([false, 'http://localhost/']);
			await page().keyboard.press('Enter');
			await page().waitForURL('**/sent?town=Vil&code=');
		});

		test('Enter with no line marked sends the form, and does not choose for anybody', async () => {
			await open(town, { '/towns': towns(two) });
			await type('Vil');
			await page().keyboard.press('Enter');
			await page().waitForURL('**/sent?town=Vil&code=');
		});

		test('the arrows go round, both ways', async () => {
			await open(town, { '/towns': towns(two) });
			await type('Vil');
			const marked = () => page().getAttribute('#town', 'aria-activedescendant');
			const seen: (string | null)[] = [];
			for (const key of ['ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown']) {
				await page().keyboard.press(key);
				seen.push(await marked());
			}
			expect(seen).toEqual(['town-list-1', 'town-list-0', 'town-list-1', 'town-list-0']);
		});

		test('one sign asks nothing; signs of an address are sent as what they are', async () => {
			await open(town, { '/towns': towns(two) });
			await page().locator('#town').fill('V');
			await calm();
			await page().locator('#town').fill('a&x=1#é');
			await page().waitForSelector('#town-list [role=option]');
			expect(asked().filter((url) => url.startsWith('/towns'))).toEqual(['/towns?q=a%26x%3D1%23%C3%A9']);
		});

		test('leaving the field closes the list, and what comes afterwards does not open it', async () => {
			await open(town, { '/towns': towns(two) });
			await type('Vil');
			await page().locator('#town').press('l');
			await page().locator('#away').focus();
			await page().waitForResponse((answer) => answer.url().endsWith('Vill'));
			expect(await page().isVisible('#town-list')).toBe(false);
		});

		test('an answer that fails leaves a field that works', async () => {
			await open(town, { '/towns': (route) => route.fulfill({ status: 500, body: 'panne' }) });
			await page().locator('#town').pressSequentially('Vil');
			await page().waitForResponse('**/towns?q=Vil');
			await page().keyboard.press('Enter');
			await page().waitForURL('**/sent?town=Vil&code=');
		});
	});

	describe('names in a text', () => {
		const words =
			'<form><label for="words">Texte</label><textarea id="words" data-mention="/people?q="></textarea></form>';

		test('an address of mail asks for nobody; a name does', async () => {
			await open(words, { '/people': towns([{ value: 'p1', label: 'Odile Fabrègat' }]) });
			await page().locator('#words').pressSequentially('odile@rive');
			await calm();
			await page().locator('#words').pressSequentially('.example @Odi');
			await page().waitForSelector('#words-list [role=option]');
			expect(asked().filter((url) => url.startsWith('/people'))).toEqual(['/people?q=Odi']);
		});

		test('two people named are two ids, in the middle of a text as at its end', async () => {
			const people = [{ value: 'p1', label: 'Odile Fabrègat' }];
			await open(words, { '/people': (route) => route.fulfill({ json: people }) });
			const field = page().locator('#words');
			await field.fill('Merci , à samedi');
			await field.evaluate((text: HTMLTextAreaElement) => text.setSelectionRange(6, 6));
			await field.pressSequentially('@Odi');
			await page().waitForSelector('#words-list [role=option]');
			people[0] = { value: 'p2', label: 'Samuel Oudraine' };
			await page().locator('#words-list [role=option]').click();
			expect(await field.inputValue()).toBe('Merci @Odile Fabrègat , à samedi');
			await field.press('End');
			await field.pressSequentially(' @Sam');
			await page().waitForSelector('#words-list [role=option]');
			await page().locator('#words-list [role=option]').click();
			const ids = await page()
				.locator('[name="named[]"]')
				.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
			expect(ids.toSorted()).toEqual(['p1', 'p2']);
		});
	});
});
