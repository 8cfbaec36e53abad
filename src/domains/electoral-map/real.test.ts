import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { stage } from '#tests/stage.ts';
import { realTable } from './files/given.fixture.ts';
import { load, loadReal, rowsOf } from './loaded.fixture.ts';
import { estimatesOf, joinOf, loadedVersions, transfersIn, weightsOf } from './queries.ts';
import { realDataMissing } from './real.fixture.ts';
import { refresh } from './refresh.ts';
import { restore } from './restore.ts';
import { readStations } from './store/outlines.ts';

stage();

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
/** The tests below go one after the other on the same files, as an administrator does. */
const paris = (vintage = '2017') => ({ commune: '75056', vintage });
const results = (place: string, name: string) => `${place}/resultats/${name}_par_bureau_large.csv`;
const base = 'paris/base-ic-activite-residents-2016.csv.gz';

describe.skipIf(realDataMissing)('real files, through the database', () => {
	const folder = mkdtempSync(join(tmpdir(), 'coopol-map-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	beforeAll(async () => {
		await loadReal('outlines', 'paris/bureaux-contours-2017.geojson.gz');
		await loadReal('outlines', 'paris/bureaux-contours-2012.geojson.gz');
		await loadReal('iris', 'paris/iris-contours-2013-lambert93-shp.zip');
		await loadReal('census', base);
		await loadReal('results', results('paris', '2017-presidentielle-1'), { election: '2017_pres_t1' });
		await loadReal('results', results('paris', '2017-presidentielle-2'), { election: '2017_pres_t2' });
		await loadReal('results', results('paris', '2014-europeennes'), { election: '2014_euro_t1' });
		await loadReal('results', results('paris', '2019-europeennes'), { election: '2019_euro_t1' });
		await refresh();
	}, 120_000);

	test.each([
		['2017_pres_t1', '2017', 896, 896, []],
		['2014_euro_t1', '2012', 869, 867, ['75056_0512', '75056_1628']],
		['2019_euro_t1', '2017', 897, 896, ['75056_JUS1']],
	])('%s on the outlines of %s', async (election, vintage, stations, joined, alone) => {
		const found = await joinOf({ election, vintage });
		expect([found.stations, found.joined]).toEqual([stations, joined]);
		expect(found.unmatched.map(({ key }) => key).toSorted()).toEqual(alone);
		expect((await joinOf({ election })).vintage).toBe(vintage);
	});

	test('the prisons of Paris are said with their registered voters', async () => {
		expect(await joinOf({ election: '2019_euro_t1', vintage: '2017' })).toMatchObject({
			unmatched: [{ key: '75056_JUS1', registered: 5_184 }],
			registered: 5_184,
		});
	});

	test.each(['2017', '2012'])('on the stations of %s nobody is lost: 143 251 unemployed', async (vintage) => {
		const stations = await estimatesOf(paris(vintage), ['P16_CHOM1564', 'P16_POP1564']);
		const { rows, header } = await realTable(base);
		const people = sum(
			(await Array.fromAsync(rows)).map(({ cells }) => Number(cells[header.indexOf('P16_POP1564')])),
		);
		expect(Math.abs(sum(stations.map(({ values }) => values[0] ?? 0)) / 143_251 - 1)).toBeLessThan(1e-6);
		expect(Math.abs(sum(stations.map(({ values }) => values[1] ?? 0)) / people - 1)).toBeLessThan(1e-6);
		expect(stations).toHaveLength(vintage === '2017' ? 896 : 867);
		expect(new Set(stations.map(({ quality }) => quality))).toEqual(new Set(['good', 'fair', 'poor']));
	});

	test('a column that is in no base is refused by its name', async () => {
		const refusal = await estimatesOf(paris(), ['P22_CHOM1564']).catch((error) => error.problems[0]);
		expect(refusal).toMatchObject({ key: 'electoral-map.no_column', args: { column: 'P22_CHOM1564' } });
	});

	test('weights written out and loaded as a given table give the same estimates; taken away, those made here', async () => {
		const columns = ['P16_CHOM1564'];
		const before = await estimatesOf(paris(), columns);
		const weights = await weightsOf(paris());
		expect(new Set(weights.map(({ iris }) => iris)).size).toBe(992);
		const path = join(folder, 'weights.csv');
		const lines = weights.map(({ iris, key, weight, area }) => [iris, key, weight, area ?? ''].join());
		writeFileSync(path, ['iris,bureau,weight,area_m2', ...lines].join('\n'));
		const report = await load('weights', path, { vintage: '2017' });
		expect(report.problems).toEqual([]);
		await refresh();
		const after = await estimatesOf(paris(), columns);
		expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
		for (const [at, { values }] of after.entries())
			expect(values[0]).toBeCloseTo(before[at]?.values[0] ?? Number.NaN, 6);
	}, 60_000);

	test('a base loaded again gives new estimates, and the former one comes back with its own', async () => {
		const first = (await loadedVersions()).find(({ kind }) => kind === 'census');
		await loadReal('census', base);
		await expect(estimatesOf(paris(), ['P16_CHOM1564'])).rejects.toThrow();
		const made = await refresh();
		expect([made.communes, made.stations]).toEqual([0, expect.any(Number)]);
		expect((await estimatesOf(paris(), ['P16_CHOM1564'])).length).toBe(896);
		await restore(first?.id ?? '');
		expect(await refresh()).toMatchObject({ weights: 0, communes: 0, stations: 0 });
		expect((await estimatesOf(paris(), ['P16_CHOM1564'])).length).toBe(896);
	}, 60_000);

	test('doing it again does nothing; two at once make the same', async () => {
		const before = [await rowsOf('weight'), await rowsOf('estimate')];
		await loadReal('outlines', 'paris/bureaux-contours-2017.geojson.gz');
		await Promise.all([refresh(), refresh()]);
		expect(await refresh()).toMatchObject({ weights: 0, communes: 0, stations: 0 });
		expect(await rowsOf('weight')).toBeGreaterThanOrEqual(before[0] ?? 0);
		expect((await estimatesOf(paris(), ['P16_CHOM1564'])).length).toBe(896);
	}, 60_000);

	test('transfers between two rounds keep the totals and are ranges', async () => {
		const { cells, stations } = await transfersIn(
			{ commune: '75056', from: '2017_pres_t1', to: '2017_pres_t2' },
			{ draws: 4 },
		);
		expect(stations).toBe(896);
		for (const { low, share, high } of cells) expect(low <= share && share <= high).toBe(true);
	}, 60_000);

	test('Alpes-de-Haute-Provence: 256 of 259, its communes are areas', async () => {
		await loadReal('outlines', 'alpes-de-haute-provence/bureaux-contours-2022.geojson.gz');
		await loadReal('iris', 'alpes-de-haute-provence/communes-contours.geojson.gz');
		await loadReal('census', 'alpes-de-haute-provence/csp-activite-25-54-par-commune-2011.csv');
		await loadReal('results', results('alpes-de-haute-provence', '2019-europeennes'), {
			election: '2019_euro_t1',
		});
		const found = await joinOf({ election: '2019_euro_t1', vintage: '2022' });
		expect([found.stations, found.joined]).toEqual([259, 256]);
		expect((await joinOf({ election: '2019_euro_t1', vintage: '2017' })).stations).toBe(897);
		await refresh();
		const digne = await estimatesOf({ commune: '04070', vintage: '2022' }, ['POP2554_CS3_EMPLOI']);
		expect(digne.length).toBeGreaterThan(5);
	}, 60_000);

	test('Finistère: 31 of 31 from addresses, without outlines', async () => {
		await loadReal('addresses', 'finistere-reu/reu-adresses-bureaux.csv.gz', { vintage: '2022' });
		await loadReal('iris', 'finistere-reu/communes-contours.geojson.gz');
		await loadReal('results', results('finistere-reu', '2017-presidentielle-1'), {
			election: '2017_pres_t1',
		});
		const found = await joinOf({ election: '2017_pres_t1', vintage: '2022' });
		expect([found.stations, found.joined]).toEqual([31, 31]);
		await refresh();
		const source = (await loadedVersions()).find(({ kind }) => kind === 'addresses')?.id ?? '';
		const drawn = await asSystem('test', (tx) => readStations(tx, source, ['29039', '29046', '29116']));
		expect(drawn).toHaveLength(31);
		for (const { outline } of drawn) expect(outline?.coordinates.length).toBeGreaterThan(0);
		const weights = await weightsOf({ commune: '29039', vintage: '2022' });
		expect(weights).toHaveLength(17);
		expect(sum(weights.map(({ weight }) => weight))).toBeCloseTo(1, 9);
	}, 60_000);
});
