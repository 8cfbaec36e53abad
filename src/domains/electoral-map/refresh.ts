import { asSystem } from '#platform/db.ts';
import { apart } from './ground/thread.ts';
import type { Remark } from './model.ts';
import { type Progress, ticking } from './progress.ts';
import { groundsToDraw, readAddresses, type Undrawn } from './store/addresses.ts';
import { alone } from './store/alone.ts';
import { readCensusRows } from './store/census.ts';
import {
	type Estimates,
	estimate,
	estimatesToMake,
	type Missing,
	writeEstimates,
} from './store/estimates.ts';
import { readIrises, readStations, writeDrawn } from './store/outlines.ts';
import { type Pair, pairsToCross, readQuality, readWeights, writeCrossing } from './store/weights.ts';

/** What was made anew. */
export interface Refreshed {
	weights: number;
	/** Communes crossed, over all pairs. */
	communes: number;
	/** Stations that have new estimates, over all bases. */
	stations: number;
	remarks: Remark[];
	seconds: number;
}

type Say = (progress: Progress) => void;

/**
 * Brings weights, then estimates, to what is loaded now: what is there already is not made again, so that a stopped work
 * goes on where it was and a second one does nothing.
 */
export async function refresh(onProgress?: Say): Promise<Refreshed> {
	const from = performance.now();
	const ticker = ticking(onProgress);
	try {
		const drawn = await drawAll(ticker.say);
		const crossed = await crossAll(ticker.say);
		const stations = await estimateAll(ticker.say);
		return {
			...crossed,
			remarks: [...drawn, ...crossed.remarks],
			stations,
			seconds: Math.round(performance.now() - from) / 1000,
		};
	} finally {
		ticker.stop();
	}
}

/** Stations that have addresses and no outlines are drawn from them, to be shown: their weights need no drawing. */
async function drawAll(say: Say): Promise<Remark[]> {
	const remarks: Remark[] = [];
	for (const ground of await asSystem('map', alone(groundsToDraw)))
		for (const communes of inParts(ground.communes)) {
			say({ file: '', step: 'weights', done: 0, total: 0 });
			remarks.push(...(await draw({ ...ground, communes })));
		}
	return remarks;
}

async function draw({ addresses, iris, communes }: Undrawn): Promise<Remark[]> {
	const [register, irises] = await asSystem(
		'map',
		alone(
			async (tx) =>
				[await readAddresses(tx, addresses, communes), await readIrises(tx, iris, communes)] as const,
		),
	);
	const { outlines, remarks } = await apart('drawStations', [register, irises]);
	await asSystem(
		'map',
		alone((tx) => writeDrawn(tx, addresses, outlines)),
	);
	return remarks;
}

async function crossAll(say: Say): Promise<Pick<Refreshed, 'weights' | 'communes' | 'remarks'>> {
	const pairs = await asSystem('map', alone(pairsToCross));
	const total = pairs.reduce((sum, { communes }) => sum + communes.length, 0);
	const found: Pick<Refreshed, 'weights' | 'communes' | 'remarks'> = { weights: 0, communes: 0, remarks: [] };
	for (const pair of pairs)
		for (const communes of inParts(pair.communes)) {
			const { weights, remarks } = await cross({ ...pair, communes });
			found.weights += weights;
			found.communes += communes.length;
			found.remarks.push(...remarks);
			say({ file: pair.vintage, step: 'weights', done: found.communes, total });
		}
	return found;
}

const MOST_COMMUNES = 400;

/** Department after department: a whole country does not stand in memory. */
function inParts(communes: string[]): string[][] {
	return [...Map.groupBy(communes, (commune) => commune.slice(0, 2)).values()].flatMap((all) =>
		Array.from({ length: Math.ceil(all.length / MOST_COMMUNES) }, (_, at) =>
			all.slice(at * MOST_COMMUNES, (at + 1) * MOST_COMMUNES),
		),
	);
}

async function cross(pair: Pair): Promise<{ weights: number; remarks: Remark[] }> {
	const { vintage, communes } = pair;
	const grounds = await asSystem(
		'map',
		alone(async (tx) => ({
			irises: await readIrises(tx, pair.iris, communes),
			stations: pair.outlines ? await readStations(tx, pair.outlines, communes) : [],
			addresses: pair.addresses ? await readAddresses(tx, pair.addresses, communes) : [],
		})),
	);
	const crossing = await apart('crossGrounds', [{ ...grounds, vintage }]);
	await asSystem(
		'map',
		alone((tx) => writeCrossing(tx, pair, crossing)),
	);
	return { weights: crossing.weights.length, remarks: crossing.remarks };
}

async function estimateAll(say: Say): Promise<number> {
	const missing = await asSystem('map', alone(estimatesToMake));
	const total = missing.reduce((sum, { communes }) => sum + communes.length, 0);
	let [done, stations] = [0, 0];
	for (const one of missing)
		for (const communes of inParts(one.communes)) {
			const made = await estimateIn({ ...one, communes });
			stations += made.reduce((sum, commune) => sum + commune.stations.length, 0);
			done += communes.length;
			say({ file: '', step: 'estimates', done, total });
		}
	return stations;
}

/** Read, shared out and kept in one transaction: what it is made of does not change meanwhile. */
function estimateIn(missing: Missing): Promise<Estimates[]> {
	const { base, table, columns, communes } = missing;
	return asSystem(
		'map',
		alone(async (tx) => {
			const rows = Map.groupBy(await readCensusRows(tx, base, communes), ({ commune }) => commune);
			const weights = Map.groupBy(await readWeights(tx, table, communes), ({ commune }) => commune);
			const quality = Map.groupBy(await readQuality(tx, table, communes), ({ commune }) => commune);
			const made = communes.map((commune) =>
				estimate(commune, {
					rows: rows.get(commune) ?? [],
					weights: weights.get(commune) ?? [],
					quality: quality.get(commune) ?? [],
					columns: columns.length,
				}),
			);
			await writeEstimates(tx, missing, made);
			return made;
		}),
	);
}
