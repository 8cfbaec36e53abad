import { expect, test } from 'vitest';
import { become, desktop, leave, type Person, story, ways } from './person.ts';

// The invented town, whose two rounds are under way: every page opened here is looked at (axe, nothing wider than the
// screen at 150 %).
story();

const aged = 'c1=abstention-high&p1=3&c2=aged_60_more-high&p2=3';
const pages = [`/carte?${aged}`, `/carte/tableau?${aged}`, '/carte/bureaux/X01001_0010'];

/** Sheets of paper that a page takes. */
async function sheetsOf({ page }: Person): Promise<number> {
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

test.each(ways)(
	'Odile sees where to go, which stations are targets, and their figures, on %s',
	async (_, way) => {
		const odile = await become('odile', way);
		for (const path of pages) {
			await odile.open(path);
			expect(await odile.page.locator('[data-print]').isVisible()).toBe(way.script);
		}
		await odile.open(pages[0] ?? '');
		expect(await odile.text()).toMatch(/À viser entre deux tours, en pointillé : \d+ bureaux/);
		expect(await odile.page.locator('[data-ground] .target-mark').count()).toBeGreaterThan(0);
		await odile.open('/carte?scrutin=2012_pres_t1');
		expect(await odile.text()).toContain('pas de résultats chargés');
		await odile.follow(/^Voir Municipales|^Voir Législatives/);
		expect(await odile.text()).toContain('À regarder');
		expect(await leave(odile)).toEqual([]);
	},
);

test('the map and the table of a section are a sheet of paper each', async () => {
	const odile = await become('odile', { ...desktop, script: true });
	for (const [path, most] of [
		[pages[0], 1],
		[pages[1], 1],
		[pages[2], 2],
	] as const) {
		await odile.open(path ?? '');
		expect([path, await sheetsOf(odile)]).toEqual([path, most]);
	}
	expect(await leave(odile)).toEqual([]);
});
