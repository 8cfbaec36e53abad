import { unzipSync } from 'fflate';
import initGeos from 'geos-wasm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { IrisOutline, StationOutline } from '../model.ts';
import { realData, realDataMissing } from '../real.fixture.ts';
import type { OutlineFile } from './layer.ts';
import { readIrises, readStations } from './outlines.ts';
import { type Crossing, crossGrounds } from './weights.ts';

const json = (path: string): OutlineFile => ({ form: 'json', bytes: realData(`${path}.geojson.gz`) });

function shapefile(): Extract<OutlineFile, { form: 'shapefile' }> {
	const parts = Object.entries(unzipSync(realData('paris/iris-contours-2013-lambert93-shp.zip')));
	const part = (end: string) => parts.find(([name]) => name.endsWith(end))?.[1] ?? new Uint8Array();
	return { form: 'shapefile', shp: part('.shp'), dbf: part('.dbf'), prj: part('.prj'), cpg: part('.cpg') };
}

/** One column of an INSEE base, by IRIS. */
function column(path: string, name: string): Map<string, number> {
	const [header = [], ...rows] = realData(path)
		.toString()
		.trim()
		.split(/\r?\n/)
		.map((line) => line.split(';'));
	return new Map(rows.map((cells) => [cells[0] ?? '', Number(cells[header.indexOf(name)])]));
}

const refusal = (reading: Promise<unknown>) =>
	reading.then(
		() => 'read',
		(error) => error.problems[0].key,
	);
const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0);

describe.skipIf(realDataMissing)('Paris, 992 IRIS and 896 stations of 2017', () => {
	let irises: IrisOutline[];
	let stations: StationOutline[];
	let crossing: Crossing;
	const base = 'paris/base-ic-activite-residents-2016.csv.gz';

	beforeAll(async () => {
		irises = (await readIrises(json('paris/iris-contours-2013'))).outlines;
		stations = (await readStations(json('paris/bureaux-contours-2017'))).outlines;
		const populated = [...column(base, 'P16_POP1564')]
			.filter(([, people]) => people > 0)
			.map(([code]) => code);
		crossing = await crossGrounds({ irises, stations, vintage: '2017', populated });
	});

	test('every outline is read, without a remark, and joins the results', async () => {
		expect([irises.length, stations.length]).toEqual([992, 896]);
		const rows = realData('paris/resultats/2017-presidentielle-1_par_bureau_large.csv').toString().trim();
		const results = rows
			.split('\n')
			.slice(1)
			.map((row) => `75056_${row.split(',')[2]}`);
		expect(new Set(stations.map(({ key }) => key))).toEqual(new Set(results));
	});

	test('areas in common are those that PostGIS finds', () => {
		expect(crossing.weights.length).toBeGreaterThan(4_025);
		expect(crossing.weights.length).toBeLessThan(4_041);
		const area = sum(crossing.weights.map((found) => found.area ?? 0));
		expect(Math.abs(area / 84_982_077 - 1)).toBeLessThan(1e-6);
	});

	test('each IRIS is given whole, and the 143 251 unemployed are all there', () => {
		const parts = Map.groupBy(crossing.weights, (found) => found.iris);
		expect(parts.size).toBe(992);
		for (const all of parts.values())
			expect(Math.abs(sum(all.map(({ weight }) => weight)) - 1)).toBeLessThan(1e-9);
		for (const name of ['P16_CHOM1564', 'P16_POP1564']) {
			const people = column(base, name);
			const shared = sum(
				crossing.weights.map((found) => found.weight * (people.get(found.iris) ?? Number.NaN)),
			);
			expect(Math.abs(shared / sum(people.values()) - 1)).toBeLessThan(1e-6);
			if (name === 'P16_CHOM1564') expect(Math.round(shared)).toBe(143_251);
		}
	});

	test('the five IRIS of the woods are listed, and each station says what it is worth', () => {
		expect(crossing.remarks).toMatchObject([
			{ key: 'electoral-map.remark_low_coverage', args: { count: 5 } },
		]);
		expect(crossing.quality).toHaveLength(896);
		const overHalf = crossing.quality.filter((station) => (station.largest ?? 0) > 0.5).length;
		expect(overHalf / 896).toBeCloseTo(0.78, 2);
		for (const station of crossing.quality) expect(station.coverage).toBeGreaterThan(0);
	});

	test('the shapefile in Lambert-93 gives the same weights as the GeoJSON', async () => {
		const { outlines, remarks } = await readIrises(shapefile());
		expect(remarks).toEqual([]);
		const other = await crossGrounds({ irises: outlines, stations, vintage: '2017' });
		const weights = new Map(other.weights.map((found) => [`${found.iris} ${found.key}`, found.weight]));
		for (const { iris, key, weight } of crossing.weights)
			expect(Math.abs((weights.get(`${iris} ${key}`) ?? 0) - weight)).toBeLessThan(1e-4);
	});

	test('a shapefile whose .prj lies is read by its box; without .prj it needs none', async () => {
		const wgs84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]]]';
		const { prj: _, ...without } = shapefile();
		const lying = await readIrises({ ...without, prj: Buffer.from(wgs84) });
		expect(lying.remarks).toEqual([
			{ key: 'electoral-map.remark_projection_contradicted', args: { found: 'EPSG:2154' } },
		]);
		const silent = await readIrises(without);
		expect(silent.remarks).toEqual([]);
		expect(silent.outlines).toEqual(lying.outlines);
	});

	test('cut anywhere, a file is refused whole', async () => {
		const { shp, dbf, ...rest } = shapefile();
		for (const keep of [50, 99, 5_000, shp.length - 1])
			expect(await refusal(readIrises({ ...rest, dbf, shp: shp.subarray(0, keep) }))).toMatch(
				/shapefile_cut$/,
			);
		for (const keep of [10, 500, dbf.length - 600])
			expect(await refusal(readIrises({ ...rest, shp, dbf: dbf.subarray(0, keep) }))).toMatch(
				/shapefile_cut$/,
			);
		const bytes = realData('paris/bureaux-contours-2017.geojson.gz').subarray(0, -10);
		expect(await refusal(readStations({ form: 'json', bytes }))).toMatch(/json_cut$/);
	});

	test('crossing again and again takes no more memory', async () => {
		const { Module } = await initGeos();
		// Where the engine finds room for a large block: further each time, if something is left behind.
		const room = () => {
			const at = Module._malloc(4 * 2 ** 20);
			Module._free(at);
			return at;
		};
		const few = { irises, stations: stations.slice(0, 300), vintage: '2017' };
		await crossGrounds(few);
		const before = room();
		for (let turn = 0; turn < 4; turn++) await crossGrounds(few);
		expect(room()).toBe(before);
	});
});

describe.skipIf(realDataMissing)('other real files', () => {
	test('Paris 2012: 867 stations, two of the results have no outline', async () => {
		const { outlines } = await readStations(json('paris/bureaux-contours-2012'));
		const drawn = new Set(outlines.map(({ key }) => key));
		const rows = realData('paris/resultats/2014-europeennes_par_bureau_large.csv').toString().trim();
		const results = rows
			.split('\n')
			.slice(1)
			.map((row) => `75056_${row.split(',')[2]}`);
		expect(drawn.size).toBe(867);
		expect(results.filter((key) => !drawn.has(key))).toEqual(['75056_0512', '75056_1628']);
	});

	test('Alpes-de-Haute-Provence: 261 stations, one without shape; its communes are IRIS', async () => {
		const { outlines, remarks } = await readStations(json('alpes-de-haute-provence/bureaux-contours-2022'));
		expect(outlines).toHaveLength(261);
		expect(outlines.filter(({ outline }) => !outline).map(({ key }) => key)).toEqual(['04116_0004']);
		expect(remarks).toEqual([
			{ key: 'electoral-map.remark_no_shape', args: { count: 1, codes: '04116_0004' } },
		]);
		const communes = (await readIrises(json('alpes-de-haute-provence/communes-contours'))).outlines;
		const { weights, remarks: missed } = await crossGrounds({
			irises: communes,
			stations: outlines,
			vintage: '2022-09',
		});
		// One commune has no station in these outlines: it is listed, and the others are given whole.
		expect(missed.map(({ args }) => args.codes)).toEqual(['041260000', '04116_0004']);
		expect(sum(weights.map(({ weight }) => weight))).toBeCloseTo(197, 6);
	});

	test('Lille: 517 IRIS', async () => {
		const { outlines, remarks } = await readIrises(json('lille-iris/iris-contours-2019'));
		expect(new Set(outlines.map(({ iris }) => iris)).size).toBe(517);
		expect(remarks).toEqual([]);
	});
});
