import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../census/figures.ts';
import { readCensus } from '../census/read.ts';
import { readIrises, readStations } from '../ground/outlines.ts';
import { crossGrounds } from '../ground/weights.ts';
import type { Count } from '../model.ts';
import { realData, realDataMissing } from '../real.fixture.ts';
import { estimateCount, estimateRate } from './estimates.ts';
import { joinWeights } from './joined.ts';
import { marksOf } from './marks.ts';
import { columnFrom, territoryMean } from './ranks.ts';
import { correlation } from './regression.ts';
import { roundColumns, turnoutOf } from './rounds.ts';

const rows = (path: string, delimiter: string) =>
	Papa.parse<string[]>(realData(path).toString('utf8').trim(), { delimiter }).data;

const counts = (): Count[] =>
	rows('paris/resultats/2017-presidentielle-1_par_bureau_large.csv', ',')
		.slice(1)
		.map((cells) => ({
			key: `75056_${cells[2]}`,
			registered: Number(cells[5]),
			voters: Number(cells[6]),
			blank: null,
			spoilt: null,
			valid: Number(cells[8]),
			voices: [],
		}));

const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
const outlines = (path: string) => ({ form: 'json' as const, bytes: realData(path) });

describe.skipIf(realDataMissing)('Paris, from files to figures', () => {
	it('keeps everybody on 896 stations, and finds again that unemployment goes with abstention', async () => {
		const irises = await readIrises(outlines('paris/iris-contours-2013.geojson.gz'));
		const stations = await readStations(outlines('paris/bureaux-contours-2017.geojson.gz'));
		const crossing = await crossGrounds({
			irises: irises.outlines,
			stations: stations.outlines,
			vintage: '2017',
		});
		const base = readCensus(rows('paris/base-ic-activite-residents-2016.csv.gz', ';'));
		const joined = joinWeights(crossing.weights, base.irises);
		expect([joined.stations.length, joined.left, joined.absent]).toEqual([896, [], []]);

		const { count, of } = figuresOf(base, 'unemployed');
		expect(Math.abs(sum(estimateCount(joined, count).values) - 143_251)).toBeLessThan(1e-6);

		const rate = estimateRate(joined, count, of);
		const abstention = turnoutOf(roundColumns(counts(), joined.stations, () => false, '2017')).map(
			(t) => 1 - t,
		);
		// 0.74 in the document of methods.
		expect(correlation(rate.values, abstention).r).toBeCloseTo(0.74, 2);
		const inside = new Uint8Array(896).fill(1);
		expect(territoryMean(columnFrom(rate), inside)).toBeCloseTo(sum(count) / sum(of), 9);

		const marks = marksOf(joined, base.labels, crossing.quality);
		const kinds = Map.groupBy(marks, ({ mark }) => mark);
		expect(kinds.get('good')?.length).toBeGreaterThan(kinds.get('poor')?.length ?? 0);
	}, 60_000);
});
