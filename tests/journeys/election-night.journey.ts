import { afterAll, beforeAll, expect, test } from 'vitest';
import { realDataMissing, realPath } from '#domains/electoral-map/real.fixture.ts';
import { idOf } from '#tests/party.ts';
import { addRealPlaces } from './ground.ts';
import { become, desktop, leave, type Person, phone, story } from './person.ts';
import { bring, shelf } from './shelf.ts';
import { type Site, start } from './site.ts';

// A department on the evening of a first round, its official figures: what an officer does before the second one. A site of its own.
const told = test.skipIf(realDataMissing);
story();
let site: Site;
beforeAll(async () => {
	if (realDataMissing) return;
	site = await start();
	await addRealPlaces(site);
}, 120_000);
afterAll(() => site?.stop(), 60_000);

const folder = 'alpes-de-haute-provence';
const round = (name: string) => realPath(`${folder}/resultats/2017-${name}_par_bureau_large.csv`);
const rounds = `/carte/entre-deux-tours?ou=${idOf('valdorsande')}&scrutin=2017_legi_t1`;
const choose = ({ page }: Person, name: string, value: string) =>
	page.locator(`select[name="${name}"]`).first().selectOption(value);

told(
	'Yamina has the stations to aim at, and who goes there, ten minutes after the figures of a department came in',
	async () => {
		const yamina = await become('yamina', { ...desktop, script: true }, site.address);
		await yamina.open(shelf);
		await bring(yamina, realPath(`${folder}/bureaux-contours-2022.geojson.gz`));
		for (const n of [1, 2])
			await bring(yamina, round(`presidentielle-${n}`), { Élection: `2017_pres_t${n}` });

		const began = performance.now();
		await bring(yamina, round('legislatives-1'), { Élection: '2017_legi_t1' });
		await yamina.open('/carte/donnees/blocs?scrutin=2017_legi_t1');
		await yamina.page.getByLabel(/^FI /).selectOption('ours');
		await yamina.press('Garder');

		await yamina.open(rounds);
		expect(await yamina.text()).toContain('Législatives 2017, 1er tour');
		await yamina.follow('Estimer les reports entre deux scrutins');
		await choose(yamina, 'vers', '2017_pres_t2');
		await yamina.press('Montrer');
		await choose(yamina, 'de', '2017_pres_t1');
		await yamina.press('Montrer');
		await yamina.press('Estimer les reports');
		await yamina.until(async () => (await yamina.text().catch(() => '')).includes('Estimé sur'), 60);
		expect(await yamina.text()).toMatch(/Sur les personnes qui ont voté « MÉLENCHON »/);

		await yamina.open(rounds);
		expect(await yamina.text()).toMatch(/10 premiers cochés/);
		expect(await yamina.text()).toMatch(/Voir les 2\d\d autres bureaux/);
		expect(await yamina.text()).toMatch(/Environ \d+ voix en réserve/);
		await yamina.press('Garder ces bureaux');
		await choose(yamina, 'section[]', idOf('montclairval'));
		await yamina.press('Enregistrer');
		await yamina.press('Publier');
		expect(await yamina.text()).toContain("C'est publié");
		const minutes = (performance.now() - began) / 60_000;
		expect(minutes).toBeLessThan(10);

		const paulo = await become('paulo', { ...phone, script: false }, site.address);
		await paulo.open(`/unites/${idOf('montclairval')}`);
		expect(await paulo.text()).toMatch(/Où aller d'ici au second tour[\s\S]*environ \d+ voix en réserve/);
		expect(await leave(yamina, paulo)).toEqual([]);
	},
);
