import { beforeAll, expect, test } from 'vitest';
import { planned } from '#domains/events/stage.fixture.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';

stage();

let odile: Browser;
let samuel: Browser;
let ines: Browser;
let nobody: Browser;
beforeAll(async () => {
	[odile, samuel, ines, nobody] = [
		await browser('odile'),
		await browser('samuel'),
		await browser('ines'),
		await browser('visitor'),
	];
});

test('who comes is read by name by whom may know them, the others are counted; organisers have their list', async () => {
	const id = await planned({ title: 'Repas de quartier', visibility: 'network' });
	const come = async (who: Browser) =>
		who.post(`/evenements/${id}?/answer`, { presence: 'coming', guests: '0' });
	await come(samuel);
	await come(ines);
	const named = async (who: Browser) => {
		const { html } = await who.get(`/evenements/${id}`);
		const list = html.slice(html.indexOf('Voir qui vient')).split('</details>')[0]!;
		return html.includes('Voir qui vient')
			? [...list.matchAll(/personnes\/[^>]+>([^<]+)</g)].map(([, name]) => name)
			: null;
	};
	expect(await named(odile)).toEqual(['Samuel Oudraine']);
	expect((await odile.get(`/evenements/${id}`)).main).toContain('et une autre personne');
	expect(await named(samuel)).toBeNull();
	expect((await nobody.get(`/e/${id}`)).html).not.toContain('Voir qui vient');
});
