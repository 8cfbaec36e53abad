import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#platform/errors.ts';
import { realData, realDataMissing } from '../real.fixture.ts';
import { columnOf } from './base.ts';
import { themes } from './columns.ts';
import { figuresOf, mustCountOccupations, themesIn } from './figures.ts';
import { sumIndividuals } from './individuals.ts';
import { readCensus } from './read.ts';

const rowsOf = (text: string) => Papa.parse<string[]>(text.trim(), { delimiter: ';' }).data;
const real = (path: string) => rowsOf(realData(path).toString('utf8'));
const sum = (values: Float64Array) => values.reduce((all, value) => all + (value || 0), 0);

function refusal(act: () => unknown) {
	try {
		act();
	} catch (problem) {
		if (problem instanceof Refusal) return problem.problems[0];
		throw problem;
	}
	return undefined;
}

describe('a base of INSEE is read whatever its dress', () => {
	it('takes points, commas, spaces, secrets and a lost zero, and keeps the quality label', () => {
		const base = readCensus(
			rowsOf(
				'\ufeffIRIS;LAB_IRIS;LIBIRIS;P19_POP;P19_POP65P;NOTE\n10010000;2;Est;1 234,5;s;x\n2A0040101;;Ouest;12.25;3;',
			),
		);
		expect(base.irises).toEqual(['010010000', '2A0040101']);
		expect([...base.labels]).toEqual([2, 0]);
		expect([...columnOf(base, 'P19_POP')]).toEqual([1234.5, 12.25]);
		expect([...columnOf(base, 'P19_POP65P')]).toEqual([Number.NaN, 3]);
		expect(base.years).toEqual([2019]);
		expect(base.columns.has('NOTE')).toBe(false);
		expect(base.remarks.map(({ key, args }) => [key, args.count])).toEqual([
			['electoral-map.remark_census_zero_restored', 1],
			['electoral-map.remark_census_words', 1],
		]);
	});

	it('reads below the titles of a workbook, and counts lines from the top of the file', () => {
		const rows = rowsOf(
			'Population en 2019;;\nMise en ligne;;\nIRIS;P19_POP\n751010101;1\n751010102;beaucoup',
		);
		expect(refusal(() => readCensus(rows))).toMatchObject({
			key: 'electoral-map.census_figure',
			args: { column: 'P19_POP', value: 'beaucoup', line: 5 },
		});
	});

	it('merges rows that say twice the same, refuses rows that contradict each other', () => {
		const head = 'IRIS;P19_POP;P19_POP65P\n751010101;10;s\n';
		const merged = readCensus(rowsOf(`${head}751010101;10;s`));
		expect(merged.irises).toHaveLength(1);
		expect(merged.remarks).toEqual([{ key: 'electoral-map.remark_census_same_rows', args: { count: 1 } }]);
		expect(refusal(() => readCensus(rowsOf(`${head}751010101;11;s`)))).toMatchObject({
			key: 'electoral-map.census_conflict',
			args: { iris: '751010101', column: 'P19_POP', line: 3 },
		});
	});

	it('refuses a file without IRIS nor commune, a code that is none, a count below zero', () => {
		expect(refusal(() => readCensus(rowsOf('A;B\n1;2')))?.key).toBe('electoral-map.census_no_header');
		expect(refusal(() => readCensus(rowsOf('IRIS;P19_POP\n75101;2')))).toMatchObject({
			key: 'electoral-map.census_code',
			args: { code: '75101', line: 2 },
		});
		expect(refusal(() => readCensus(rowsOf('IRIS;P19_POP\n751010101;-2')))?.key).toBe(
			'electoral-map.census_figure',
		);
	});

	it('brings a commune to an IRIS of its own, districts to their city', () => {
		const base = readCensus(rowsOf('CODGEO;P19_POP\n04001;5\n75119;6'));
		expect(base).toMatchObject({
			level: 'commune',
			irises: ['040010000', '751190000'],
			communes: ['04001', '75056'],
		});
	});
});

describe('a theme is found under the names of its year', () => {
	const renamed =
		'IRIS;P22_POP;C22_POP15P;C22_POP15P_STAT_GSEC13_23;C22_POP15P_STAT_GSEC32\n751010101;9;8;2;3';

	it('refuses a base of 2022 offered to a reader of older names, with the name of the column', () => {
		const wanted = { require: ['C21_POP15P_CS7'] };
		expect(refusal(() => readCensus(rowsOf(renamed), wanted))).toMatchObject({
			key: 'electoral-map.census_missing_column',
			args: { column: 'C21_POP15P_CS7', years: '2022' },
		});
		const kept = readCensus(rowsOf(renamed), { require: ['C22_POP15P_STAT_GSEC32'] });
		expect(refusal(() => figuresOf(kept, 'retired', 2021))?.args?.column).toBe('C21_POP15P_CS7');
	});

	it.each([
		['IRIS;P22_POP;C22_POP15P\n751010101;9;8', 'C22_POP15P_STAT_GSEC32'],
		['IRIS;P22_POP;C22_POP15P;C22_POP15P_CS7\n751010101;9;8;3', 'C22_POP15P_STAT_GSEC32'],
		['IRIS;C21_POP15P;C21_POP15P_STAT_GSEC32\n751010101;8;3', 'C21_POP15P_CS7'],
	])('refuses a base without occupations under the names of its year: %s', (text, column) => {
		const found = refusal(() => mustCountOccupations(readCensus(rowsOf(text))));
		expect(found).toMatchObject({ key: 'electoral-map.census_missing_column', args: { column } });
	});

	it.each([
		renamed,
		'IRIS;C21_POP15P;C21_POP15P_CS3\n751010101;8;3',
		'IRIS;P16_POP1564;P16_CHOM1564\n751010101;8;3',
		'CODGEO;SOMETHING\n04001;3',
	])('takes a base that tells some, or that is about something else: %s', (text) => {
		expect(refusal(() => mustCountOccupations(readCensus(rowsOf(text))))).toBeUndefined();
	});

	it('counts the retired and managers of 2022 under their new names', () => {
		const base = readCensus(rowsOf(renamed));
		expect(figuresOf(base, 'retired')).toMatchObject({
			columns: { count: ['C22_POP15P_STAT_GSEC32'], of: ['C22_POP15P'] },
			source: { base: 'population', year: 2022 },
			level: 'iris',
		});
		expect([...figuresOf(base, 'managers').count]).toEqual([2]);
		expect(themesIn(base)).toEqual(['retired', 'managers']);
	});

	it('never takes people of 15 to 64 who are retired for the retired', () => {
		expect(JSON.stringify(themes)).not.toContain('RETR');
		const activity = readCensus(rowsOf('IRIS;P16_RETR1564;P16_POP1564\n751010101;9;80'));
		expect(refusal(() => figuresOf(activity, 'retired'))?.args?.column).toBe('C16_POP15P_CS7');
	});

	it('says that sectors by commune are jobs, and by IRIS people', () => {
		expect(themes.jobs_farming).toMatchObject({ counted: 'jobs', recipes: [{ level: 'commune' }] });
		expect(themes.sector_farming).toMatchObject({ counted: 'residents', recipes: [{ level: 'iris' }] });
	});
});

describe('the file of individuals is summed by IRIS', () => {
	const rows = [
		['CANTVILLE', 'IRIS', 'NA17', 'TACT', 'IPONDI'],
		['1', '751010101', 'C5', '11', '2.5'],
		['1', '751010101', 'OQ', '11', '1,5'],
		['1', '751010101', 'ZZ', '21', '9'],
		['1', '751010102', 'GZ', '11', '4'],
		['1', 'ZZZZZZZZZ', 'AZ', '11', '3.2'],
	];

	it('weighs people at work, brings 17 sectors to 5, tells those whose IRIS is hidden', async () => {
		const base = await sumIndividuals(rows, 2022);
		expect(base.irises).toEqual(['751010101', '751010102']);
		expect([...figuresOf(base, 'sector_industry').count]).toEqual([2.5, 0]);
		expect([...figuresOf(base, 'sector_industry').of]).toEqual([4, 4]);
		expect(base.remarks).toEqual([{ key: 'electoral-map.remark_census_hidden_iris', args: { people: 3 } }]);
	});

	it('refuses a file without weight by its name', async () => {
		const cut = rows.map((cells) => cells.slice(0, 4));
		await expect(sumIndividuals(cut, 2022)).rejects.toMatchObject({
			problems: [{ key: 'electoral-map.census_missing_column', args: { column: 'IPONDI' } }],
		});
	});
});

describe.skipIf(realDataMissing)('the real bases', () => {
	it('Paris 2016: 992 IRIS, 143 251 unemployed among the active', () => {
		const base = readCensus(real('paris/base-ic-activite-residents-2016.csv.gz'));
		expect(base.irises).toHaveLength(992);
		expect(new Set(base.communes)).toEqual(new Set(['75056']));
		expect(base.years).toEqual([2016]);
		expect(sum(figuresOf(base, 'unemployed').count)).toBe(143_251);
		expect(base.labels.filter((label) => label > 1)).toHaveLength(415);
		expect(refusal(() => figuresOf(base, 'retired'))?.args?.column).toBe('C16_POP15P_CS7');
	});

	it('Paris 2011: the same 992 IRIS, 348 758 retired', () => {
		const base = readCensus(real('paris/base-ic-evol-struct-pop-2011-cs8.csv'));
		const activity = readCensus(real('paris/base-ic-activite-residents-2016.csv.gz'));
		expect(new Set(base.irises)).toEqual(new Set(activity.irises));
		expect(sum(figuresOf(base, 'retired').count)).toBe(348_758);
		expect(themesIn(base)).toHaveLength(8);
	});

	it('Lille 2019: 517 IRIS, 1 179 050 people, ages that add up', () => {
		const base = readCensus(real('lille-iris/base-ic-evol-struct-pop-2019.csv.gz'));
		expect(base.irises).toHaveLength(517);
		expect(Math.round(sum(columnOf(base, 'P19_POP')))).toBe(1_179_050);
		const ages = ['children', 'aged_15_29', 'aged_30_44', 'aged_45_59', 'aged_60_more'] as const;
		const all = ages.reduce((total, age) => total + sum(figuresOf(base, age).count), 0);
		expect(all).toBeCloseTo(sum(columnOf(base, 'P19_POP')), 3);
		const city = base.communes.flatMap((commune, at) => (commune === '59350' ? [at] : []));
		const people = city.reduce((total, at) => total + (columnOf(base, 'P19_POP')[at] ?? 0), 0);
		expect(Math.round(people)).toBe(234_475);
	});

	it('Alpes-de-Haute-Provence 2011, by commune: codes keep their zero, 37 rows are empty', () => {
		const base = readCensus(real('alpes-de-haute-provence/csp-activite-25-54-par-commune-2011.csv'), {
			year: 2011,
		});
		expect(base.level).toBe('commune');
		expect(base.irises).toHaveLength(237);
		expect(base.irises[0]).toBe('040010000');
		expect(base.remarks).toEqual([{ key: 'electoral-map.remark_census_empty_rows', args: { count: 37 } }]);
		const { count, of, level, source } = figuresOf(base, 'unemployed');
		expect([count[0], of[0]]).toEqual([43, 447]);
		expect([level, source.year]).toEqual(['commune', 2011]);
	});
});
