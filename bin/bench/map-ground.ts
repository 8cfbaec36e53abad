// How long the IRIS of Paris take to be shared out among its stations, by our engine and by GEOS asked pair after pair.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Laid, layCommune } from '#domains/electoral-map/ground/measures.ts';
import { readIrises, readStations } from '#domains/electoral-map/ground/outlines.ts';
import { drawing, type Pen } from '#domains/electoral-map/ground/pen.ts';
import { boxesMeet } from '#domains/electoral-map/ground/rings.ts';
import { crossGrounds } from '#domains/electoral-map/ground/weights.ts';
import { quantile, rounded } from './load.ts';
import { realBytes } from './map-data.ts';

const times = 7;

/** Unemployed of each IRIS, as INSEE counts them. */
function unemployed(): Map<string, number> {
	const text = realBytes('paris/base-ic-activite-residents-2016.csv.gz').toString().trim();
	const [header = [], ...rows] = text.split(/\r?\n/).map((line) => line.split(';'));
	const at = header.indexOf('P16_CHOM1564');
	return new Map(rows.map((cells) => [cells[0] ?? '', Number(cells[at])]));
}

/** Milliseconds of processor that a work takes, in the middle of several, and what it gave. */
async function middle<T>(work: () => Promise<T>): Promise<{ cpu: number; given: T }> {
	let given = await work();
	const taken: number[] = [];
	for (let n = 0; n < times; n++) {
		const from = process.cpuUsage();
		given = await work();
		const { user, system } = process.cpuUsage(from);
		taken.push((user + system) / 1000);
	}
	return { cpu: quantile(taken, 0.5), given };
}

/** Square metres of every pair whose boxes meet, each built by GEOS as a shape of its own. */
function pairByPair(pen: Pen, { irises, stations }: Laid) {
	const found: { iris: string; area: number; size: number }[] = [];
	for (const iris of irises) {
		const size = pen.area(iris.shape);
		for (const station of stations) {
			if (!boxesMeet(iris.box, station.box)) continue;
			const common = pen.common(iris.shape, station.shape);
			const area = pen.area(common);
			pen.forget(common);
			if (area > 1e-4) found.push({ iris: iris.code, area, size });
		}
	}
	return found;
}

type Mapshaper = {
	applyCommands(commands: string, files: Record<string, unknown>): Promise<Record<string, Uint8Array>>;
};

/**
 * The same by mapshaper: the whole of it, its files read and its answer written, and what is left without both. It is no
 * dependency (some two hundred packages for a yardstick): install it in a folder of its own, named by COOPOL_MAPSHAPER.
 */
async function byMapshaper(
	stations: Buffer,
	irises: Buffer,
	people: Map<string, number>,
): Promise<Record<string, number | string>> {
	const folder = process.env.COOPOL_MAPSHAPER;
	if (!folder) return { mapshaper: 'COOPOL_MAPSHAPER names no folder, not measured' };
	const mapshaper = createRequire(join(folder, 'package.json'))('mapshaper') as Mapshaper;
	const counted = JSON.parse(irises.toString()) as Features;
	for (const { properties } of counted.features)
		properties.count = people.get(String(properties.DCOMIRIS)) ?? 0;
	const files = { 'stations.json': stations, 'irises.json': JSON.stringify(counted) };
	const run = (share: string) =>
		middle(() =>
			mapshaper.applyCommands(
				`-i stations.json irises.json combine-files -proj EPSG:2154 target=* ${share} -o out.json target=stations`,
				files,
			),
		);
	const whole = await run('-join irises target=stations interpolate=count calc="count=sum(count)"');
	const around = await run('');
	const { features } = JSON.parse(Buffer.from(whole.given['out.json'] ?? '').toString()) as Features;
	return {
		mapshaperCpuMsFilesRead: rounded(whole.cpu, 0),
		mapshaperCpuMs: rounded(whole.cpu - around.cpu, 0),
		mapshaperTotal: rounded(sum(features.map(({ properties }) => Number(properties.count))), 0),
	};
}

type Features = { features: { properties: Record<string, unknown> }[] };

/** Paris: 992 IRIS, 896 stations. Both engines in one process, one after the other; outlines are read before. */
export async function measureGround() {
	const [irisFile, stationFile] = [
		'paris/iris-contours-2013.geojson.gz',
		'paris/bureaux-contours-2017.geojson.gz',
	].map(realBytes) as [Buffer, Buffer];
	const read = async () => ({
		irises: (await readIrises({ form: 'json', bytes: irisFile })).outlines,
		stations: (await readStations({ form: 'json', bytes: stationFile })).outlines,
	});
	const { irises, stations } = await read();
	const whole = await middle(async () => crossGrounds({ ...(await read()), vintage: '2017' }));
	const ours = await middle(() => crossGrounds({ irises, stations, vintage: '2017' }));
	const plain = await middle(() => drawing((pen) => pairByPair(pen, layCommune(pen, irises, stations))));
	const people = unemployed();
	const all = sum([...people.values()]);
	const shared = ours.given.weights.map(({ iris, weight }) => weight * (people.get(iris) ?? 0));
	// What dividing by the whole area of an IRIS gives, as tools that interpolate do.
	const divided = plain.given.map(({ iris, area, size }) => (area / size) * (people.get(iris) ?? 0));
	const areaOf = (cells: { area: number | null }[]) => sum(cells.map(({ area }) => area ?? 0)) / 1e6;
	return {
		case: 'Paris weights',
		ourCpuMs: rounded(ours.cpu, 0),
		plainGeosCpuMs: rounded(plain.cpu, 0),
		ratio: rounded(plain.cpu / ours.cpu),
		weights: ours.given.weights.length,
		plainPairs: plain.given.length,
		ourKm2: rounded(areaOf(ours.given.weights), 6),
		plainKm2: rounded(areaOf(plain.given), 6),
		unemployed: all,
		ourTotal: rounded(sum(shared), 3),
		dividedTotal: rounded(sum(divided), 0),
		ourCpuMsFilesRead: rounded(whole.cpu, 0),
		...(await byMapshaper(stationFile, irisFile, people)),
	};
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
