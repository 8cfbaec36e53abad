import { describe, expect, test } from 'vitest';
import { tableOf } from '../files/given.fixture.ts';
import { readResults } from './read.ts';

const HEADER = 'departement,commune,bureau,inscrits,votants,blancs,nuls,exprimes,ICI,LÀ';
const sound = (at: number) => `01,001,${String(at).padStart(4, '0')},100,60,2,1,57,30,27`;
const soundRows = (count: number) => Array.from({ length: count }, (_, at) => sound(at + 1));
const read = async (rows: string[], header = HEADER) =>
	readResults([await tableOf([header, ...rows, ''].join('\n'))]);

/** Keys and lines of what keeps the file out; nothing must have been taken. */
async function refused(rows: string[], header = HEADER) {
	const { problems, counts } = await read(rows, header);
	expect(counts).toEqual([]);
	return problems.map(({ key, line }) => [key.replace('electoral-map.problem_', ''), line]);
}

describe('nothing is taken of a file that', () => {
	test('gives a station twice', async () => {
		expect(await refused([sound(1), sound(2), sound(1)])).toEqual([['station_twice', 4]]);
		const { problems } = await read([sound(1), sound(1).replace('0001', '1')]);
		expect(problems[0]).toEqual({
			key: 'electoral-map.problem_station_twice',
			args: { station: '01001_0001', first: 2 },
			line: 3,
		});
	});

	test('has words, shares, or nothing where a count must be', async () => {
		for (const wrong of ['n.c.', '12.5', '71%', '-3', '', '1e3', '99999999999'])
			expect(await refused([sound(1), sound(2).replace(',60,', `,${wrong},`)])).toEqual([['not_a_count', 3]]);
		expect((await read([sound(1).replace(',57,', ',57.0,')])).problems).toEqual([]);
	});

	test('has a commune of another department', async () => {
		expect(await refused([sound(1).replace('01,001', '02,01001')])).toEqual([['place', 2]]);
		expect(await refused([sound(1).replace(',0001,', ',,')])).toEqual([['place', 2]]);
	});

	test('lacks a column, which is named', async () => {
		const header = HEADER.replace('exprimes', 'autre');
		expect((await read([sound(1)], header)).problems).toEqual([
			{ key: 'electoral-map.problem_missing_columns', args: { columns: 'exprimes' } },
		]);
	});

	test('has columns that slid: totals are wrong in more than a few stations', async () => {
		const slid = soundRows(200).map((row, at) => (at < 4 ? row.replace(',30,27', ',27,3') : row));
		expect((await refused(slid)).map(([key]) => key)).toEqual([
			'totals',
			...Array(4).fill('electoral-map.remark_votes'),
		]);
		const few = await read(slid.slice(1));
		expect(few.counts).toHaveLength(199);
		expect(few.remarks[0]).toEqual({
			key: 'electoral-map.remark_votes',
			args: { station: '01001_0002', a: 30, b: 57 },
			line: 2,
		});
	});

	test('is empty, is half of data.gouv, is two files, or has no results', async () => {
		expect(await refused([])).toEqual([['no_rows', undefined]]);
		const general = await tableOf(
			'id_election;code_commune;code_bv;inscrits;votants;exprimes\nx;01001;0001;9;6;6\n',
		);
		const votes = await tableOf('id_election;code_commune;code_bv;no_panneau;voix\nx;01001;0001;1;6\n');
		const other = await tableOf('a;b;c\n1;2;3\n');
		const keyOf = async (...tables: (typeof general)[]) =>
			(await readResults(tables)).problems[0]?.key.slice(22);
		expect(await keyOf(general)).toBe('no_candidates');
		expect(await keyOf(votes)).toBe('no_general');
		expect(await keyOf(other)).toBe('no_results');
		expect(await keyOf(general, votes)).toBeUndefined();
		expect(await keyOf(general, votes, general)).toBe('several_tables');
	});

	test('gives votes to a station that has no counts, or twice to one candidate', async () => {
		const general = await tableOf(
			'id_election;code_commune;code_bv;inscrits;votants;exprimes\nx;01001;0001;9;6;6\n',
		);
		const votes = (...rows: string[]) =>
			tableOf(['id_election;code_commune;code_bv;no_panneau;voix', ...rows].join('\n'));
		const keyOf = async (...rows: string[]) =>
			(await readResults([general, await votes(...rows)])).problems[0]?.key;
		expect(await keyOf('x;01001;0001;1;6')).toBeUndefined();
		expect(await keyOf('x;01001;0002;1;6')).toBe('electoral-map.problem_votes_without_station');
		expect(await keyOf('x;01001;0001;1;3', 'x;01001;0001;1;3')).toBe('electoral-map.problem_candidate_twice');
	});

	test('changes the counts of a station from one candidate to the next', async () => {
		const header = 'departement,commune,bureau,inscrits,votants,exprimes,nom,voix';
		const rows = ['01,001,0001,9,6,6,A,4', '01,001,0001,8,6,6,B,2'];
		expect(await refused(rows, header)).toEqual([['station_changes', 3]]);
	});
});

describe('a slip of the publisher is told with its line, and the file taken', () => {
	test.each([
		['more voters than registered', 'more_voters', ',100,60,', ',50,60,'],
		['papers that do not make the voters', 'papers', ',2,1,57', ',3,1,57'],
		['voices that do not make the valid votes', 'votes', ',30,27', ',30,28'],
	])('%s', async (_, key, from, to) => {
		const { counts, remarks, problems } = await read([...soundRows(9), sound(10).replace(from, to)]);
		expect([counts.length, problems]).toEqual([10, []]);
		expect(remarks.map((remark) => [remark.key, remark.line])).toEqual([[`electoral-map.remark_${key}`, 11]]);
	});

	test('a file of turnout alone says so; shares and words beside are never candidates', async () => {
		const header = 'departement,commune,bureau,inscrits,votants,exprimes,% Exp/Vot,commune_libelle';
		const { counts, remarks } = await read(['01,001,0001,100,60,60,"100,00",Ici'], header);
		expect(counts[0]).toMatchObject({ key: '01001_0001', blank: null, spoilt: null, voices: [] });
		expect(remarks.map(({ key }) => key)).toEqual(['electoral-map.remark_turnout_only']);
	});
});
