import { describe, expect, test } from 'vitest';
import { geojson, rectangle } from './ground.fixture.ts';
import { readIrises, readStations } from './outlines.ts';
import { knownPlanes, type Point } from './territories.ts';

const box = rectangle(4.8, 45.7, 4.9, 45.8);
const polygon = (coordinates: unknown) => ({ type: 'Polygon', coordinates });
const lyon = (geometry: unknown, number = '1') => ({ properties: { code_bv: `69123_${number}` }, geometry });

const refusal = (reading: Promise<unknown>) =>
	reading.then(
		() => 'read',
		(error) => error.problems?.[0]?.key ?? error,
	);

describe('a file of outlines is named by what it holds', () => {
	test('stations, in every way of writing them, come to one key', async () => {
		const paris = polygon(rectangle(2.3, 48.85, 2.31, 48.86));
		const written = [
			{ id_bv: '19-5' },
			{ ID: 750190005 },
			{ ID: '750190005', num_bv: '5' },
			{ CODE_BV: '75119_5' },
			{ codeBureauVote: '75056_1905', id_bv: '75056_1905' },
			{ INSEE_COM: '75119', NUM_BV: 5 },
			{ codeCommune: '75056', numeroBureauVote: '1905' },
		];
		for (const properties of written) {
			const { outlines } = await readStations(geojson([{ properties, geometry: paris }]));
			expect(outlines.map(({ key, commune }) => [key, commune])).toEqual([['75056_1905', '75056']]);
		}
	});

	test('letters stay, digits are padded, a lost zero comes back', async () => {
		const corsica = polygon(rectangle(8.7, 41.9, 8.8, 42));
		const texts = await readStations(
			geojson([
				{ properties: { CODE_BV: '2A004_0A01' }, geometry: corsica },
				{ properties: { codeBureauVote: '01004_7' }, geometry: polygon(box) },
				{ properties: { insee: 1004, bureau: '01.1' }, geometry: polygon(box) },
			]),
		);
		expect(texts.outlines.map(({ key }) => key)).toEqual(['2A004_0A01', '01004_0007', '01004_01.1']);
		const irises = await readIrises(
			geojson([
				{ properties: { CODE_IRIS: 10040101 }, geometry: polygon(box) },
				{ properties: { DEPCOM: '69381', IRIS: '0102' }, geometry: polygon(box) },
				{ properties: { code: '01005', nom: 'Ambérieux' }, geometry: polygon(box) },
			]),
		);
		expect(irises.outlines.map((found) => [found.iris, found.commune])).toEqual([
			['010040101', '01004'],
			['693810102', '69123'],
			['010050000', '01005'],
		]);
	});

	test('nothing that names a place: the columns are said', async () => {
		expect(await refusal(readStations(geojson([{ properties: { nom: 'x' }, geometry: polygon(box) }])))).toBe(
			'electoral-map.ground_no_code',
		);
	});
});

describe('shapes are brought to one form', () => {
	test('a shape that crosses itself is repaired, and said', async () => {
		const bow = [
			[4.8, 45.7],
			[4.9, 45.8],
			[4.9, 45.7],
			[4.8, 45.8],
			[4.8, 45.7],
		];
		const { outlines, remarks } = await readStations(geojson([lyon(polygon([bow]))]));
		expect(outlines[0]?.outline?.coordinates).toHaveLength(2);
		expect(remarks).toEqual([
			{ key: 'electoral-map.remark_repaired', args: { count: 1, codes: '69123_0001' } },
		]);
	});

	test('parts that overlap are one ground, not a hole', async () => {
		const parts = [box, rectangle(4.85, 45.7, 4.95, 45.8)];
		const { outlines } = await readStations(geojson([lyon({ type: 'MultiPolygon', coordinates: parts })]));
		expect(outlines[0]?.outline?.coordinates).toHaveLength(1);
		expect(outlines[0]?.outline?.coordinates[0]).toHaveLength(1);
	});

	test('a hole that sticks out takes ground and never adds any', async () => {
		const [hole = []] = rectangle(4.88, 45.72, 4.98, 45.78);
		const { outlines } = await readStations(geojson([lyon(polygon([...box, hole]))]));
		const easts = outlines[0]?.outline?.coordinates.flat(2).map(([x]) => x) ?? [];
		expect(Math.max(...(easts as number[]))).toBe(4.9);
	});

	test('collections, heights and open rings are read; a line is no ground', async () => {
		const open = [box[0]?.slice(0, 4).map((point) => [...point, 12])];
		const collection = {
			type: 'GeometryCollection',
			geometries: [{ type: 'LineString', coordinates: box[0] }, polygon(open)],
		};
		const { outlines } = await readStations(
			geojson([lyon(collection), lyon({ type: 'LineString', coordinates: box[0] }, '2')]),
		);
		expect(outlines.map(({ outline }) => outline?.coordinates ?? null)).toEqual([[box], null]);
	});

	test.each([
		['null', null],
		['empty', polygon([])],
		['no list', polygon(7)],
		[
			'no numbers',
			polygon([
				[
					[null, 'x'],
					['a', 2],
					[1, 2],
					[null, 'x'],
				],
			]),
		],
		[
			'two points',
			polygon([
				[
					[4.8, 45.7],
					[4.9, 45.8],
				],
			]),
		],
	])(
		'%s: the station is kept without shape, the IRIS is left out, both are said',
		async (_name, geometry) => {
			const features = [lyon(geometry, '1'), lyon(polygon(box), '2')];
			const stations = await readStations(geojson(features));
			expect(stations.outlines.map(({ outline }) => outline === null)).toEqual([true, false]);
			expect(stations.remarks).toEqual([
				{ key: 'electoral-map.remark_no_shape', args: { count: 1, codes: '69123_0001' } },
			]);
			const named = features.map(({ geometry }, at) => ({ properties: { code: `6900${at}` }, geometry }));
			expect((await readIrises(geojson(named))).outlines.map((found) => found.iris)).toEqual(['690010000']);
		},
	);

	test('a shape given twice counts once; two shapes of one code are its parts', async () => {
		const twice = await readStations(geojson([lyon(polygon(box)), lyon(polygon(box)), lyon(null)]));
		expect(twice.outlines).toHaveLength(1);
		expect(twice.remarks.map(({ key }) => key)).toEqual(['electoral-map.remark_same_outline_twice']);
		const other = rectangle(4.9, 45.8, 4.95, 45.85);
		const parts = await readStations(geojson([lyon(polygon(box)), lyon(polygon(other))]));
		expect(parts.outlines[0]?.outline?.coordinates).toHaveLength(2);
		expect(parts.remarks.map(({ key }) => key)).toEqual(['electoral-map.remark_outline_in_parts']);
	});
});

describe('a projection is believed when the box agrees', () => {
	const crs = (name: string) => ({ crs: { type: 'name', properties: { name } } });
	const inPlane = (name: string, ring: Point[]) => {
		const plane = knownPlanes.find((known) => known.name === name);
		return polygon([ring.map((point) => plane?.forward(point))]);
	};
	const places: [string, string, Point][] = [
		['EPSG:2154', '69123', [4.85, 45.75]],
		['EPSG:27572', '69123', [4.85, 45.75]],
		['EPSG:3946', '69123', [4.85, 45.75]],
		['EPSG:5490', '97105', [-61.7, 16]],
		['EPSG:5490', '97209', [-61.05, 14.6]],
		['EPSG:2972', '97302', [-52.3, 4.9]],
		['EPSG:2975', '97411', [55.45, -20.9]],
		['EPSG:4471', '97611', [45.2, -12.8]],
		['EPSG:3163', '98818', [166.45, -22.27]],
		['EPSG:3297', '98735', [-149.57, -17.53]],
	];
	test.each(places)('%s of %s is found without a word', async (name, commune, [x, y]) => {
		const ring: Point[] = [
			[x, y],
			[x + 0.01, y],
			[x + 0.01, y + 0.01],
			[x, y],
		];
		const file = geojson([{ properties: { code_bv: `${commune}_1` }, geometry: inPlane(name, ring) }]);
		const { outlines, remarks } = await readStations(file);
		const [first] = outlines[0]?.outline?.coordinates[0]?.[0] ?? [];
		expect(first?.[0]).toBeCloseTo(x, 6);
		expect(first?.[1]).toBeCloseTo(y, 6);
		expect(remarks).toEqual([]);
	});

	test('declared metres over degrees: the box is believed, and said', async () => {
		const { outlines, remarks } = await readStations(
			geojson([lyon(polygon(box))], crs('urn:ogc:def:crs:EPSG::2154')),
		);
		expect(outlines[0]?.outline?.coordinates).toEqual([box]);
		expect(remarks).toEqual([
			{ key: 'electoral-map.remark_projection_contradicted', args: { found: 'WGS84' } },
		]);
	});

	test('declared as it is, nothing is said', async () => {
		const ring = box[0] as Point[];
		const lambert = await readStations(
			geojson([lyon(inPlane('EPSG:2154', ring))], crs('urn:ogc:def:crs:EPSG::2154')),
		);
		const degrees = await readStations(geojson([lyon(polygon(box))], crs('urn:ogc:def:crs:OGC:1.3:CRS84')));
		expect([lambert.remarks, degrees.remarks]).toEqual([[], []]);
	});

	test.each([
		['Belgium', lyon(polygon(rectangle(4.3, 51.5, 4.4, 51.6)))],
		['latitude first', lyon(polygon(rectangle(45.7, 4.8, 45.8, 4.9)))],
		['Lyon with a code of Guadeloupe', { properties: { code_bv: '97105_1' }, geometry: polygon(box) }],
		['"1-5" that is not in Paris', { properties: { id_bv: '1-5' }, geometry: polygon(box) }],
		['one station of two out of France', lyon(polygon(rectangle(0, 0, 1, 1)), '2')],
	])('%s: refused', async (_name, feature) => {
		const file = geojson([lyon(polygon(box), '3'), feature]);
		expect(await refusal(readStations(file))).toBe('electoral-map.ground_outside_france');
	});
});

describe('what is not a whole file of outlines is refused', () => {
	const bytes = (text: string) => ({ form: 'json' as const, bytes: Buffer.from(text) });
	test.each([
		['cut', '{"type":"FeatureCollection","features":[{"type":"Fea', 'ground_json_cut'],
		['a list', '[1, 2]', 'ground_not_outlines'],
		['one feature', '{"type":"Feature"}', 'ground_not_outlines'],
		['no feature', '{"features":[]}', 'ground_no_code'],
		['points', '{"features":[{"properties":{"code_bv":"69123_1"},"geometry":null}]}', 'ground_no_polygon'],
	])('%s', async (_name, text, fault) => {
		expect(await refusal(readStations(bytes(text)))).toBe(`electoral-map.${fault}`);
	});

	test('a shapefile of noise', async () => {
		const noise = Buffer.alloc(400, 7);
		expect(await refusal(readStations({ form: 'shapefile', shp: noise, dbf: noise }))).toBe(
			'electoral-map.ground_shapefile_cut',
		);
	});
});
