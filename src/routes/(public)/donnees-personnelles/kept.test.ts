import { expect, test } from 'vitest';
import { domains } from '#registry.ts';
import { browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';

stage();

test('whatever part of the network keeps something of people is said in words, with how long, to visitors and members', async () => {
	const keepers = domains.filter(({ privacy }) => privacy).length + 1;
	for (const [name, path] of [
		['visitor', '/donnees-personnelles'],
		['odile', '/donnees-personnelles'],
		['odile', '/compte/donnees'],
	] as const) {
		const { html } = await (await browser(name)).get(path);
		const [, card = ''] = html.split('id="gardees"');
		const lines = [...card.split('</ul>')[0]!.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line]) =>
			line!.replaceAll(/<[^>]*>/g, '').trim(),
		);
		expect([name, path, lines.length]).toEqual([name, path, keepers]);
		expect(lines.filter((line) => /privacy\.|_/.test(line))).toEqual([]);
	}
});
