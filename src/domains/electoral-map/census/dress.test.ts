import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { told } from '#tests/traces.ts';
import { openBytes } from '../files/open.ts';
import { recognise } from '../files/recognise.ts';
import { prepareCensus } from '../store/census.ts';
import { columnOf } from './base.ts';
import { themes } from './columns.ts';
import { figureOf } from './figure.ts';
import { figuresOf } from './figures.ts';
import { sumIndividuals } from './individuals.ts';
import { readCensus } from './read.ts';

/** A base from the bytes of a file, as a person gives it. */
async function baseIn(bytes: Buffer | string) {
	const { given } = await openBytes({ name: 'base.csv', bytes: Buffer.from(bytes) });
	const [one] = given;
	if (one?.form !== 'table') throw new Error('a table was given');
	expect(recognise(one)).toEqual({ kind: 'census' });
	const rows = [one.table.header];
	for await (const { cells } of one.table.rows) rows.push(cells);
	return readCensus(rows);
}
const prepared = async (text: string, vintage = '2021') => {
	const { given } = await openBytes({ name: 'base.csv', bytes: Buffer.from(text) });
	const [one] = given;
	if (one?.form !== 'table') throw new Error('a table was given');
	return prepareCensus(one.table, vintage);
};
const lines = [
	['IRIS', 'LIBIRIS', 'P21_POP', 'P21_POP0014'],
	['010040101', 'Gare été', '1234,5', '12'],
	['2A0040101', 'Pré', 's', '7,25'],
];

describe('one base, in whatever dress it comes', () => {
	const plain = lines.map((cells) => cells.join(';')).join('\n');
	const dresses: [string, Buffer][] = [
		['semicolons', Buffer.from(plain)],
		[
			'the end of lines of Windows, and a last empty line',
			Buffer.from(`${plain.replaceAll('\n', '\r\n')}\r\n`),
		],
		['a mark in front', Buffer.from(`\ufeff${plain}`)],
		['Latin letters', Buffer.from(plain, 'latin1')],
		['sixteen bits', Buffer.from(`\ufeff${plain}`, 'utf16le')],
		['tabs', Buffer.from(lines.map((cells) => cells.join('\t')).join('\n'))],
		[
			'commas, decimal ones between quotes',
			Buffer.from(lines.map((c) => c.map((one) => `"${one}"`).join()).join('\n')),
		],
		['points', Buffer.from(plain.replaceAll(',', '.'))],
		['spaces around', Buffer.from(lines.map((cells) => cells.map((one) => ` ${one} `).join(';')).join('\n'))],
		[
			'small letters',
			Buffer.from(plain.replace('IRIS;LIBIRIS;P21_POP;P21_POP0014', 'iris;libiris;p21_pop;p21_pop0014')),
		],
	];
	test.each(dresses)('%s', async (_, bytes) => {
		const base = await baseIn(bytes);
		expect(base.irises).toEqual(['010040101', '2A0040101']);
		expect([...columnOf(base, 'P21_POP')]).toEqual([1234.5, Number.NaN]);
		expect([...columnOf(base, 'P21_POP0014')]).toEqual([12, 7.25]);
		expect([base.years, base.level, base.columns.size]).toEqual([[2021], 'iris', 2]);
	});

	test('columns in another order, or others between them, give the same figures', async () => {
		const turned = lines
			.map(([iris, name, all, young]) => [young, 'x', name, all, iris].join(';'))
			.join('\n');
		const base = await baseIn(turned.replace('x', 'NOTE'));
		expect([...columnOf(base, 'P21_POP')]).toEqual([1234.5, Number.NaN]);
		expect(base.irises).toEqual(['010040101', '2A0040101']);
	});

	test('whatever figure INSEE prints is read back, with a point or a comma, thousands apart or not', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom(',', '.'), (cents, sign) => {
				const [whole, part] = [Math.floor(cents / 100), String(cents % 100).padStart(2, '0')];
				const apart = String(whole).replace(/\B(?=(\d{3})+$)/g, '\u202f');
				for (const text of [`${whole}${sign}${part}`, `${apart}${sign}${part}`])
					expect(figureOf(text)).toBeCloseTo(cents / 100, 9);
			}),
		);
	});

	test.each(['', 's', 'nd', 'N/A', '.', '-', 'c'])('%j is no figure, and never zero', (cell) => {
		expect(figureOf(cell)).toBeNaN();
	});

	test.each(['beaucoup', '12 habitants', '1,2,3', '1.2.3', '12e', '=1+1', '0x10', 'Infinity', '١٢'])(
		'%j is refused',
		(cell) => {
			expect(figureOf(cell)).toBeNull();
		},
	);
});

describe('a year and the names of its columns', () => {
	const occupations = (digits: string, renamed: boolean) => {
		const [retired, managers] = renamed ? ['STAT_GSEC32', 'STAT_GSEC13_23'] : ['CS7', 'CS3'];
		const all = `C${digits}_POP15P`;
		return `IRIS;${all};${all}_${retired};${all}_${managers}\n010040101;800;200;80`;
	};

	test.each([
		['06', 2006, false],
		['11', 2011, false],
		['20', 2020, false],
		['21', 2021, false],
		['22', 2022, true],
		['23', 2023, true],
	])('of 20%s: the retired and managers are found under the names of %i', async (digits, year, renamed) => {
		const base = await baseIn(occupations(digits, renamed));
		const [retired, managers] = [figuresOf(base, 'retired'), figuresOf(base, 'managers')];
		expect([retired.count[0], managers.count[0], retired.of[0]]).toEqual([200, 80, 800]);
		expect(retired.source).toEqual({ base: 'population', year });
	});

	test.each([
		['21', true, 'C21_POP15P_CS7'],
		['22', false, 'C22_POP15P_STAT_GSEC32'],
	])(
		'of 20%s under the names of another year is refused by the name it lacks',
		async (digits, renamed, column) => {
			expect(await told(prepared(occupations(digits, renamed)))).toBe(
				'Invalid: file electoral-map.census_missing_column',
			);
			const base = await baseIn(occupations(digits, renamed));
			expect(() => figuresOf(base, 'retired')).toThrow(
				expect.objectContaining({
					problems: [expect.objectContaining({ args: { column, years: `20${digits}` } })],
				}),
			);
		},
	);

	test('every theme names the column that is not there, and none takes a column that counts something else', async () => {
		const base = await baseIn('IRIS;P21_OTHER\n010040101;3');
		for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
			let refused: unknown;
			try {
				figuresOf(base, theme);
			} catch (error) {
				refused = error;
			}
			expect([theme, refused]).toEqual([
				theme,
				expect.objectContaining({
					problems: [
						{
							field: 'file',
							key: 'electoral-map.census_missing_column',
							args: { column: expect.stringMatching(/21|2554/), years: '2021' },
						},
					],
				}),
			]);
		}
	});

	test('what holds no figure at all is refused before anything is written', async () => {
		expect(await told(prepared('IRIS;LIBIRIS;NOTE\n010040101;Gare;x'))).toBe(
			'Invalid: file electoral-map.census_no_figures',
		);
	});
});

describe('rows that come again', () => {
	const head = 'IRIS;P21_POP;P21_POP0014';
	test('in any order and any number are one, and that is told', async () => {
		const rows = ['010040101;10;1', '010040102;20;2', '010040103;30;s'];
		await fc.assert(
			fc.asyncProperty(fc.array(fc.constantFrom(...rows), { minLength: 1, maxLength: 12 }), async (given) => {
				const base = await baseIn([head, ...given].join('\n'));
				const once = new Set(given);
				expect(base.irises.length).toBe(once.size);
				const again = given.length - once.size;
				expect(base.remarks).toEqual(
					again ? [{ key: 'electoral-map.remark_census_same_rows', args: { count: again } }] : [],
				);
			}),
		);
	});

	test.each([
		['another figure', '010040101;11;1', 'P21_POP'],
		['a figure where there was none', '010040103;30;3', 'P21_POP0014'],
		['none where there was a figure', '010040101;10;', 'P21_POP0014'],
	])('with %s are refused, at their line', async (_, row, column) => {
		const text = [head, '010040101;10;1', '010040103;30;s', row].join('\n');
		await expect(baseIn(text)).rejects.toMatchObject({
			problems: [{ key: 'electoral-map.census_conflict', args: { column, line: 4, iris: row.slice(0, 9) } }],
		});
	});

	test('with a zero lost in one of the two are the same IRIS', async () => {
		const base = await baseIn([head, '010040101;10;1', '10040101;10;1'].join('\n'));
		expect([base.irises, base.remarks.length]).toEqual([['010040101'], 2]);
	});
});

describe('people one by one', () => {
	const head = ['IRIS', 'NA5', 'TACT', 'IPONDI'];
	test('are told as sums alone, which add up to their weights whatever their order', async () => {
		const person = fc.tuple(
			fc.constantFrom('010040101', '010040102', 'ZZZZZZZZZ'),
			fc.constantFrom('AZ', 'BE', 'FZ', 'GU', 'OQ'),
			fc.constantFrom('11', '12', '21'),
			fc.integer({ min: 1, max: 400 }),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(person, { maxLength: 40 }), async (people) => {
				const rows = people.map(([iris, sector, state, weight]) => [iris, sector, state, String(weight)]);
				const base = await sumIndividuals([head, ...rows], 2022);
				const atWork = people.filter(([iris, , state]) => state === '11' && iris !== 'ZZZZZZZZZ');
				const total = atWork.reduce((sum, [, , , weight]) => sum + weight, 0);
				expect(columnOf(base, 'I22_NA5').reduce((sum, one) => sum + one, 0)).toBe(total);
				const turned = await sumIndividuals([head, ...rows.toReversed()], 2022);
				expect(turned).toEqual(base);
			}),
		);
	});

	test.each(['IRIS', 'IPONDI', 'NA5'])('without %s are refused by its name', async (column) => {
		const rows = [head, ['010040101', 'AZ', '11', '3']].map((cells) =>
			cells.filter((_, at) => head[at] !== column),
		);
		await expect(sumIndividuals(rows, 2022)).rejects.toMatchObject({ problems: [{ args: { column } }] });
	});

	test('need a year, which their columns do not say', async () => {
		const text = [head.join(';'), '010040101;AZ;11;3'].join('\n');
		expect(await told(prepared(text, ''))).toBe('Invalid: file electoral-map.vintage_needed');
		expect((await prepared(text, '2022')).columns).toContain('I22_NA5_AZ');
	});
});
