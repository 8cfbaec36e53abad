// The map of Paris in a browser: on a small phone, and under the fingers of who moves a slider.
import type { Browser, Page } from 'playwright-core';
import { launch } from '#tests/browser.ts';
import type { Measured } from './index.ts';
import { quantile, rounded } from './load.ts';
import { measurePage } from './phone.ts';

// Enough for a hundredth to be more than the one slowest.
const moves = 200;

/** First paint and weights on the phone; milliseconds of a slider's move and of a change of criterion at a desk. */
export async function measureBrowser(
	origin: string,
	path: string,
	secret: string,
): Promise<Measured['rows']> {
	const browser = await launch({ whole: true });
	try {
		const phone = { case: 'Paris /carte, phone', ...(await measurePage(browser, origin, path, secret)) };
		return [phone, await measureSlider(browser, origin + path, secret)];
	} finally {
		await browser.close();
	}
}

async function measureSlider(browser: Browser, url: string, secret: string) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
	await context.addCookies([{ name: 'coopol', value: secret, url: new URL(url).origin }]);
	const page = await context.newPage();
	await page.goto(url, { waitUntil: 'networkidle' });
	const stations = await page.locator('[data-ground] a[data-key]').count();
	const weights = await moved(page, 'p1', ['1', '2', '3', '4', '5']);
	const criteria = await moved(page, 'c1', await choicesOf(page, 'c1'));
	await context.close();
	return {
		case: 'a move in the browser',
		stations,
		...{ sliderP50: rounded(quantile(weights, 0.5)), sliderP99: rounded(quantile(weights, 0.99)) },
		...{ criterionP50: rounded(quantile(criteria, 0.5)), criterionP99: rounded(quantile(criteria, 0.99)) },
	};
}

const choicesOf = (page: Page, name: string) =>
	page
		.locator(`select[name=${name}] option, input[type=radio][name=${name}]`)
		.evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value).filter(Boolean));

/** How long each change of this field took, from its event to the page redrawn and laid out anew. */
async function moved(page: Page, name: string, values: string[]): Promise<number[]> {
	const taken: number[] = [];
	for (let n = 0; n <= moves; n++) {
		const ms = await page.evaluate(
			([name, value]) =>
				new Promise<number>((resolve) => {
					const fields = [...document.querySelectorAll<HTMLInputElement>(`[name=${name}]`)];
					const field = fields.find((one) => one.type !== 'radio' || one.value === value);
					if (!field) throw new Error(`no field ${name}`);
					if (field.type === 'radio') field.checked = true;
					else field.value = value;
					const watcher = new PerformanceObserver((list) => {
						watcher.disconnect();
						const [move] = list.getEntriesByName('map-move');
						const from = performance.now();
						document.body.getBoundingClientRect();
						resolve((move?.duration ?? Number.NaN) + performance.now() - from);
					});
					watcher.observe({ type: 'measure' });
					field.dispatchEvent(new Event('input', { bubbles: true }));
				}),
			[name, values[n % values.length] ?? ''] as const,
		);
		// The first asks for the figures.
		if (n) taken.push(ms);
	}
	return taken;
}
