import { describe, expect, test } from 'vitest';
import { realTable, tableOf } from '../files/given.fixture.ts';
import { realData, realDataMissing } from '../real.fixture.ts';
import { readResults } from './read.ts';

const EXTRACT = 'formats/2017-legislatives-2_extrait_';
const read = async (...texts: string[]) => readResults(await Promise.all(texts.map(tableOf)));

describe.skipIf(realDataMissing)('the same stations in every layout of the publishers', async () => {
	const extracts: Record<string, string[]> = {
		A: ['A-ministere-txt-cp1252.txt'],
		B: ['B-ministere-csv-2024.csv'],
		'B without zeros': ['B-ministere-csv-2024-zeros-perdus.csv'],
		C: ['C-datagouv-general_results.csv', 'C-datagouv-candidats_results.csv'],
		'C the other way round': ['C-datagouv-candidats_results.csv', 'C-datagouv-general_results.csv'],
	};
	const open = async (names: string[]) =>
		readResults(await Promise.all(names.map((name) => realTable(EXTRACT + name))));
	const published = realDataMissing ? {} : JSON.parse(realData(`${EXTRACT}totaux.json`).toString());

	test.each(Object.entries(extracts))('%s: the totals published, exactly', async (_, names) => {
		const { counts, totals, problems } = await open(names);
		const voices = counts.flatMap((count) => count.voices);
		expect(problems).toEqual([]);
		expect({
			bureaux: totals.stations,
			inscrits: totals.registered,
			votants: totals.voters,
			exprimes: totals.valid,
			voix: voices.reduce((sum, { votes }) => sum + votes, 0),
			lignes_candidats: voices.length,
		}).toEqual(published);
	});

	test('and one same set of stations, voices and names', async () => {
		const [first, ...others] = await Promise.all(Object.values(extracts).map(open));
		for (const other of others) expect(other.counts).toEqual(first?.counts);
		const keys = new Set(first?.counts.map(({ key }) => key));
		for (const key of ['75056_1905', '14118_01.1', '25388_0F11', '97101_0001', '98818_0006', 'ZZ001_0001'])
			expect(keys).toContain(key);
		for (const key of ['69123_0301', '13055_1501', '2A004_0005', '04070_0001', '01004_0001'])
			expect(keys).toContain(key);
	});

	test('zeros put back are counted, and only where they were lost', async () => {
		const remarks = async (name: keyof typeof extracts) =>
			(await open(extracts[name] ?? [])).remarks.map(({ key, args }) => [
				key.split('remark_')[1],
				args.count,
			]);
		expect(await remarks('B')).toEqual([]);
		expect(await remarks('B without zeros')).toEqual([
			['zeros_of_communes', 60],
			['zeros_of_stations', 320],
		]);
	});
});

const OLD_GENERAL =
	'id_election;id_brut_miom;Code du département;Code de la commune;Code du b.vote;Inscrits;Votants;';

describe('layouts seen elsewhere', () => {
	test('data.gouv before January 2026', async () => {
		const general = `${OLD_GENERAL}Blancs;Nuls;Exprimés\n2022_pres_t1;01001_0001;01;001;0001;100;60;2;1;57\n`;
		const candidates =
			'Code du département;Code de la commune;Code du b.vote;N°Panneau;Voix;% Voix/Ins;Nuance;Sexe;Nom;Prénom;id_election;id_brut_miom\n' +
			'01;001;0001;1;30;30;;F;VALMORIN;Odile;2022_pres_t1;01001_0001\n01;001;0001;2;27;27;;M;GUÉ;Mathis;2022_pres_t1;01001_0001\n';
		const { counts, election, problems } = await read(candidates, general);
		expect(problems).toEqual([]);
		expect(election).toBe('2022_pres_t1');
		expect(counts).toEqual([
			{
				key: '01001_0001',
				registered: 100,
				voters: 60,
				blank: 2,
				spoilt: 1,
				valid: 57,
				voices: [
					{ candidate: '1', name: 'Odile VALMORIN', nuance: null, votes: 30 },
					{ candidate: '2', name: 'Mathis GUÉ', nuance: null, votes: 27 },
				],
			},
		]);
	});

	test('a file of several elections asks which one', async () => {
		const wide = 'id_election;code_commune;code_bv;inscrits;votants;blancs;nuls;exprimes';
		const general = `${wide}\n2022_pres_t1;01001;0001;9;6;0;0;6\n2022_pres_t2;01001;0001;9;5;0;0;5\n`;
		const votes =
			'id_election;code_commune;code_bv;no_panneau;voix;nom\n2022_pres_t1;01001;0001;1;6;A\n2022_pres_t2;01001;0001;1;5;A\n';
		const asked = await read(general, votes);
		expect(asked.counts).toEqual([]);
		expect(asked.problems).toEqual([
			{
				key: 'electoral-map.problem_several_elections',
				args: { count: 2, elections: '2022_pres_t1, 2022_pres_t2' },
			},
		]);
		const tables = await Promise.all([general, votes].map(tableOf));
		const second = await readResults(tables, { election: '2022_pres_t2' });
		expect(second.counts.map(({ voters, voices }) => [voters, voices.length])).toEqual([[5, 1]]);
		const absent = await readResults(tables, { election: '2027_pres_t1' });
		expect(absent.problems[0]?.key).toBe('electoral-map.problem_election_absent');
	});

	test('lists are named by their short title, in both layouts of the Ministry', async () => {
		const place =
			'Code du département;Code de la commune;Code du b.vote;Inscrits;Votants;Blancs;Nuls;Exprimés';
		const unnamed = `${place};N°Liste;Libellé Abrégé Liste;Libellé Etendu Liste;Nom Tête de Liste;Voix;% Voix/Ins;% Voix/Exp\n01;001;0001;9;6;0;0;6;1;ICI;Ici même;VALMORIN;4;44,44;66,67;2;LÀ;Là-bas;GUÉ;2;22,22;33,33\n`;
		const block = (at: number) =>
			`Numéro de panneau ${at};Nuance liste ${at};Libellé abrégé de liste ${at};Libellé de liste ${at};Voix ${at};% Voix/inscrits ${at};Sièges ${at}`;
		const numbered = `${place.replace('Code de la commune', 'Code commune')};${block(1)};${block(2)}\n01;01001;0001;9;6;0;0;6;1;LUG;ICI;Ici même;4;44,44%;;2;LDIV;LÀ;Là-bas;2;22,22%;\n`;
		const named = (await read(unnamed)).counts[0]?.voices.map(({ name, votes }) => [name, votes]);
		const other = (await read(numbered)).counts[0]?.voices;
		expect(named).toEqual([
			['ICI', 4],
			['LÀ', 2],
		]);
		expect(other?.map(({ name, nuance, votes }) => [name, nuance, votes])).toEqual([
			['ICI', 'LUG', 4],
			['LÀ', 'LDIV', 2],
		]);
	});

	test('the portal of Paris', async () => {
		const text =
			'ID_BVOTE;SCRUTIN;NUM_ARROND;NB_INSCR;NB_EMARG;NB_VOTANT;NB_BL;NB_NUL;NB_EXPR;VALMORIN Odile;GUÉ Mathis\n' +
			'19-5;Test;19;100;60;60;2;1;57;30;27\n1-12;Test;1;50;20;20;0;0;20;20;0\n';
		const { counts, layout, problems } = await read(text);
		expect([layout, problems]).toEqual(['paris', []]);
		expect(counts.map(({ key, voices }) => [key, voices.map(({ name }) => name).join()])).toEqual([
			['75056_1905', 'VALMORIN Odile,GUÉ Mathis'],
			['75056_0112', 'VALMORIN Odile,GUÉ Mathis'],
		]);
	});

	test('a column after the counts is a candidate, unless it tells of the place', async () => {
		const text =
			'departement,commune,bureau,inscrits,votants,exprimes,DAVID,BUREAUX,commune_libelle,% Exp,geo_point_2d\n' +
			'01,001,0001,9,6,6,4,2,Ici,"66,67","48.1, 2.3"\n';
		const { counts } = await read(text);
		expect(counts[0]?.voices.map(({ name, votes }) => [name, votes])).toEqual([
			['DAVID', 4],
			['BUREAUX', 2],
		]);
	});

	test('a header that names every candidate again is cut where its names come back', async () => {
		const text =
			'Code du département;Code de la commune;Code du b.vote;Inscrits;Votants;Blancs;Nuls;Exprimés;N°Panneau;Nom;Voix;% Voix/Exp;N°Panneau;Nom;Voix;% Voix/Exp\n' +
			'2B;033;01.1;9;6;0;0;6;1;A;4;66,67;2;B;2;33,33\n';
		const { counts } = await read(text);
		expect(counts.map(({ key, voices }) => [key, voices.length])).toEqual([['2B033_01.1', 2]]);
	});
});
