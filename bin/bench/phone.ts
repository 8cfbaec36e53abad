// A small phone far from town: 360 px, a processor six times slower, 400 ms and 50 KB/s.
import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import { quantile, rounded } from './load.ts';

const times = 3;

/** What the line of that phone gives. */
export const slowness = {
	offline: false,
	latency: 400,
	downloadThroughput: 50_000,
	uploadThroughput: 50_000,
};

/** When a page is first seen by that phone, whether it moves and what it weighs, in the middle of three visits. */
export async function measurePage(browser: Browser, origin: string, path: string, cookie: string) {
	const seen: Seen[] = [];
	for (let n = 0; n < times; n++) seen.push(await look(browser, origin, path, cookie));
	const median = (of: (one: Seen) => number) => rounded(quantile(seen.map(of), 0.5), 0);
	return {
		firstPaint: median((one) => one.firstPaint),
		largestPaint: median((one) => one.largestPaint),
		shift: Math.max(...seen.map((one) => one.shift)),
		...seen[0]!.gz,
	};
}

interface Seen {
	firstPaint: number;
	largestPaint: number;
	/** Cumulative layout shift. */
	shift: number;
	/** Bytes, compressed, by what they are; fonts and pictures as they come. */
	gz: Record<'htmlGz' | 'cssGz' | 'scriptGz' | 'fonts' | 'pictures', number>;
}

async function look(browser: Browser, origin: string, path: string, secret: string): Promise<Seen> {
	const context = await browser.newContext({
		viewport: { width: 360, height: 740 },
		deviceScaleFactor: 2,
		isMobile: true,
	});
	if (secret) await context.addCookies([{ name: 'coopol', value: secret, url: origin }]);
	const page = await context.newPage();
	const came: Response[] = [];
	page.on('response', (response) => came.push(response));
	const devices = await context.newCDPSession(page);
	await devices.send('Network.enable');
	await devices.send('Network.emulateNetworkConditions', slowness);
	await devices.send('Emulation.setCPUThrottlingRate', { rate: 6 });
	await page.goto(origin + path, { waitUntil: 'load', timeout: 120_000 });
	// Late fonts and pictures may still move what is there. A live stream never ends: a pause, not silence.
	await page.waitForTimeout(3000);
	const paints = await paintsOf(page);
	const gz = await weigh(came);
	await context.close();
	return { ...paints, gz };
}

const paintsOf = (page: Page): Promise<Omit<Seen, 'gz'>> =>
	page.evaluate(async () => {
		const entries = (type: string) =>
			new Promise<PerformanceEntryList>((resolve) => {
				const watcher = new PerformanceObserver((list) => resolve(list.getEntries()));
				watcher.observe({ type, buffered: true });
				setTimeout(() => resolve([]), 500);
			});
		const shifts = (await entries('layout-shift')) as (PerformanceEntry & { value: number })[];
		return {
			firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
			largestPaint: (await entries('largest-contentful-paint')).at(-1)?.startTime ?? 0,
			shift: Number(shifts.reduce((sum, { value }) => sum + value, 0).toFixed(4)),
		};
	});

async function weigh(came: Response[]): Promise<Seen['gz']> {
	const gz = { htmlGz: 0, cssGz: 0, scriptGz: 0, fonts: 0, pictures: 0 };
	const kinds = {
		document: 'htmlGz',
		stylesheet: 'cssGz',
		script: 'scriptGz',
		font: 'fonts',
		image: 'pictures',
	} as const;
	for (const response of came) {
		const kind = kinds[response.request().resourceType() as keyof typeof kinds];
		if (!kind || response.status() !== 200) continue;
		const body = await response.body().catch(() => Buffer.alloc(0));
		gz[kind] += kind.endsWith('Gz') ? gzipSync(body).length : body.length;
	}
	return gz;
}
