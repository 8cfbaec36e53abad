import { wholeCommune } from '../ground/keys.ts';
import { type CensusBase, refuseCensus } from './base.ts';
import { figureOf } from './figure.ts';
import { columnName } from './header.ts';

const sectors = ['AZ', 'BE', 'FZ', 'GU', 'OQ'] as const;

// INSEE's cut in 17 sectors, brought back to its cut in 5.
const ofSeventeen: Record<string, (typeof sectors)[number]> = {
	...{ AZ: 'AZ', C1: 'BE', C2: 'BE', C3: 'BE', C4: 'BE', C5: 'BE', DE: 'BE', FZ: 'FZ' },
	...{ GZ: 'GU', HZ: 'GU', IZ: 'GU', JZ: 'GU', KZ: 'GU', LZ: 'GU', MN: 'GU', RU: 'GU', OQ: 'OQ' },
};

/** Rows one after the other, header first: a region's file holds millions. */
export type Rows = Iterable<string[]> | AsyncIterable<string[]>;

interface Places {
	iris: number;
	weight: number;
	five: number;
	seventeen: number;
	/** Its type of activity: 11 at work. */
	state: number;
}

/**
 * INSEE's file of individuals (INDCVI) summed by IRIS: residents at work in each of five sectors, weighted by IPONDI.
 * Only sums are kept. People whose IRIS INSEE hides (under 200 inhabitants) are told in a remark, not shared out.
 */
export async function sumIndividuals(rows: Rows, year: number): Promise<CensusBase> {
	const summing = { sums: new Map<string, Float64Array>(), hidden: 0 };
	let places: Places | null = null;
	for await (const cells of rows)
		if (places) addPerson(summing, cells, places);
		else places = placesIn(cells.map(columnName));
	return baseOf(summing.sums, year, summing.hidden);
}

function addPerson(
	summing: { sums: Map<string, Float64Array>; hidden: number },
	cells: string[],
	places: Places,
) {
	const sector = sectorOf(cells, places);
	if (sector < 0) return;
	const weight = figureOf(cells[places.weight] ?? '') || 0;
	const iris = (cells[places.iris] ?? '').trim();
	if (!/^\d[\dAB]\d{7}$/.test(iris)) {
		summing.hidden += weight;
		return;
	}
	const sum = summing.sums.get(iris) ?? new Float64Array(sectors.length);
	sum[sector] = (sum[sector] ?? 0) + weight;
	summing.sums.set(iris, sum);
}

function placesIn(names: string[]): Places {
	const [iris, weight, five, seventeen, state] = ['IRIS', 'IPONDI', 'NA5', 'NA17', 'TACT'].map((name) =>
		names.indexOf(name),
	) as [number, number, number, number, number];
	if (iris < 0 || weight < 0)
		refuseCensus('census_missing_column', { column: iris < 0 ? 'IRIS' : 'IPONDI', years: '?' });
	if (five < 0 && seventeen < 0) refuseCensus('census_missing_column', { column: 'NA5', years: '?' });
	return { iris, weight, five, seventeen, state };
}

/** Place among the five sectors; -1 for whoever is not at work. */
function sectorOf(cells: string[], { five, seventeen, state }: Places): number {
	if (state >= 0 && cells[state] !== '11') return -1;
	const code = five >= 0 ? cells[five] : ofSeventeen[cells[seventeen] ?? ''];
	return (sectors as readonly (string | undefined)[]).indexOf(code);
}

function baseOf(sums: Map<string, Float64Array>, year: number, hidden: number): CensusBase {
	const irises = [...sums.keys()].sort();
	const digits = String(year).slice(-2);
	const column = (at: (sum: Float64Array) => number) =>
		Float64Array.from(irises, (iris) => at(sums.get(iris) ?? new Float64Array(sectors.length)));
	return {
		irises,
		communes: irises.map((iris) => wholeCommune(iris.slice(0, 5))),
		labels: new Uint8Array(irises.length),
		columns: new Map([
			[`I${digits}_NA5`, column((sum) => sum.reduce((all, part) => all + part, 0))],
			...sectors.map((code, at) => [`I${digits}_NA5_${code}`, column((sum) => sum[at] ?? 0)] as const),
		]),
		years: [year],
		level: 'iris',
		remarks: hidden
			? [{ key: 'electoral-map.remark_census_hidden_iris', args: { people: Math.round(hidden) } }]
			: [],
	};
}
