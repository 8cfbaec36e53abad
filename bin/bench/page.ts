// The home and the front page on a small phone far from town.
import { launch } from '#tests/browser.ts';
import { fillFeed, readerSecret } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { measurePage, slowness } from './phone.ts';
import { buildPages, runServer, withDatabase } from './scene.ts';

/** When the home and the front page are first seen, whether they move, and what they weigh; nothing is kept from before. */
export async function measure({ members, say }: Options): Promise<Measured> {
	buildPages();
	const rows: Measured['rows'] = [];
	const [size = 26_000] = members;
	await withDatabase(async (owner) => {
		say(`${size} members: filling`);
		await fillFeed(owner, size);
		const server = await runServer('pages');
		const browser = await launch({ whole: true });
		try {
			for (const [page, path, cookie] of [
				['home', '/fil', readerSecret],
				['front', '/', ''],
			] as const) {
				say(page);
				rows.push({ page, members: size, ...(await measurePage(browser, server.url, path, cookie)) });
			}
		} finally {
			await browser.close();
			await server.stop();
		}
	});
	return {
		rows,
		raw: { latencyMs: slowness.latency, bytesPerSecond: slowness.downloadThroughput, slower: 6 },
	};
}
