import { describe, expect, test } from 'vitest';
import { realTable } from '../files/given.fixture.ts';
import { realDataMissing } from '../real.fixture.ts';
import { placing, unplaced, votesByBloc } from './blocs.ts';
import { type ResultsRead, readResults } from './read.ts';

const file = async (name: string) => readResults([await realTable(`france/${name}.csv.gz`)]);
const communes = ({ counts }: ResultsRead) => new Set(counts.map(({ key }) => key.split('_')[0] ?? ''));
const overseas = (read: ResultsRead) => [...communes(read)].filter((code) => /^9[78]/.test(code)).toSorted();

describe.skipIf(realDataMissing)('the whole country', () => {
	const published: [string, number, number, number][] = [
		['2017-presidentielle-1_par_bureau_large', 69_242, 47_582_183, 37_003_728],
		['2017-presidentielle-2_par_bureau_large', 69_242, 47_568_693, 35_467_327],
		['2017-presidentielle-2_par_bureau_long', 69_242, 47_568_693, 35_467_327],
		['2019-europeennes_par_bureau_large', 69_297, 47_345_120, 23_731_193],
	];
	test.each(published)(
		'%s: the figures published',
		async (name, stations, registered, voters) => {
			const { totals, problems, remarks } = await file(name);
			expect([totals.stations, totals.registered, totals.voters]).toEqual([stations, registered, voters]);
			expect([problems, remarks]).toEqual([[], []]);
		},
		120_000,
	);

	test('overseas is the same places whatever the Ministry called them that year', async () => {
		const [in2014, in2017, in2019] = await Promise.all(
			[
				'2014-europeennes_par_bureau_large',
				'2017-presidentielle-1_par_bureau_large',
				'2019-europeennes_par_bureau_large',
			].map(file),
		);
		if (!in2014 || !in2017 || !in2019) throw new Error('three files were read');
		expect(overseas(in2014)).toHaveLength(215);
		expect(overseas(in2017)).toEqual(overseas(in2014));
		expect(overseas(in2019)).toEqual(overseas(in2014));
		for (const city of ['75056', '69123', '13055', '2A004', '2B033'])
			expect(communes(in2019)).toContain(city);
		for (const district of ['75119', '69383', '13215']) expect(communes(in2019)).not.toContain(district);
		// 2014 gave no blank votes apart from the spoilt
		expect(in2014.counts[0]).toMatchObject({ blank: null, spoilt: null });
		expect(unplaced(in2014.counts, placing(2014))).toEqual([]);
		expect(in2017.counts.find(({ key }) => key === '75056_0101')?.voices).toHaveLength(11);
	}, 120_000);
});

const constituencies = (name: string) =>
	realTable(`formats/${name}_par_circonscription_ministere.xlsx`).then((table) => readResults([table]));

describe.skipIf(realDataMissing)('the workbooks of the Ministry, by constituency', () => {
	test('577 constituencies, the same in 2022 and in 2024, never taken for stations', async () => {
		const [first, second, third] = [
			await constituencies('2022-presidentielle-1'),
			await constituencies('2022-legislatives-1'),
			await constituencies('2024-legislatives-1'),
		];
		const keys = (read: ResultsRead) => read.counts.map(({ key }) => key).toSorted();
		expect(new Set(keys(first)).size).toBe(577);
		expect(keys(second)).toEqual(keys(first));
		expect(keys(third)).toEqual(keys(first));
		expect([first.level, second.level, third.level]).toEqual(Array(3).fill('constituency'));
		expect(first.totals).toMatchObject({ registered: 48_747_876, voters: 35_923_707 });
		expect(first.remarks.map(({ key }) => key)).toEqual(['electoral-map.remark_by_constituency']);
		// Slips of the Ministry itself: votes of candidates that miss the valid votes by one or two
		const slips = third.remarks.filter(({ key }) => key === 'electoral-map.remark_votes');
		expect(slips.map(({ args }) => args.station)).toEqual(['1602', '2704', '3404', '7502']);
	}, 60_000);

	test('every nuance of 2022 and 2024 has its bloc, and blocs add up to the votes', async () => {
		for (const year of [2022, 2024]) {
			const { counts } = await constituencies(`${year}-legislatives-1`);
			const place = placing(year);
			expect(unplaced(counts, place)).toEqual([]);
			for (const { voices } of counts) {
				const total = Object.values(votesByBloc(voices, place)).reduce((sum, votes) => sum + votes, 0);
				expect(total).toBe(voices.reduce((sum, { votes }) => sum + votes, 0));
			}
		}
	}, 60_000);

	test('the blocs of 2024 are those of the map published by station', async () => {
		const { counts } = await constituencies('2024-legislatives-1');
		const points = await pointsByConstituency();
		const place = placing(2024);
		const whole = counts.filter(({ key, registered }) => points.get(key)?.registered === registered);
		const same = whole.filter(({ key, voices }) => {
			const { left, centre, right, far_right, other } = votesByBloc(voices, place);
			return [left, centre, right, far_right, other].join() === points.get(key)?.votes.join();
		});
		expect(whole.length).toBeGreaterThan(200);

		expect(same.length / whole.length).toBeGreaterThan(0.95);
	}, 60_000);
});

/** Sums of a table that has no number of station, so that it is not results for us. */
async function pointsByConstituency() {
	const table = await realTable('france/2024-legislatives-1_bureaux-points-100m.csv.gz');
	const at = (name: string) => table.header.indexOf(name);
	const columns = ['NFP', 'MP', 'D', 'ED', 'DIV'].map(at);
	const sums = new Map<string, { registered: number; votes: number[] }>();
	for await (const { cells } of table.rows) {
		const key = (cells[at('code_circonscription')] ?? '').padStart(4, '0');
		const sum = sums.get(key) ?? { registered: 0, votes: [0, 0, 0, 0, 0] };
		sum.registered += Number(cells[at('inscrits')]);
		sum.votes = sum.votes.map((votes, bloc) => votes + Number(cells[columns[bloc] ?? -1]));
		sums.set(key, sum);
	}
	return sums;
}
