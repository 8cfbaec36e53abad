import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type Problem, Refusal } from '#platform/errors.ts';
import { type Key, lexicons, wording } from '#platform/wording/index.ts';
import { type Node, parseMessage } from '#platform/wording/message.ts';
import { prepare } from '../store/prepare.ts';
import { unitsOfBytes } from '../store/units.ts';
import { outlinesText, resultsText } from './sent.fixture.ts';

const house = { name: '', address: 'tu', inclusive: 'epicene', lexicon: lexicons.association ?? {} } as const;
const [french, english] = (['fr', 'en'] as const).map((language) => wording({ ...house, language }));
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('\u2011', '-');

/** What keeps a file out, as an officer reads it on the page; nothing is written to know it. */
async function problemsOf(name: string, bytes: string | Buffer): Promise<Problem[]> {
	try {
		const { kind, units } = await unitsOfBytes(name, Buffer.from(bytes as string));
		for (const unit of units) await prepare({ kind }, unit);
		return [];
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return error.problems;
	}
}
const said = (words: typeof french, { key, args = {} }: Problem) => plain(words!.say(key as Key, args));

const header = 'departement,commune,bureau,inscrits,votants,blancs,exprimes,DUPONT';
const counted = (...rows: string[]) => [header, ...rows].join('\n');
const base = (...rows: string[]) => rows.join('\n');
const shapes = (change: (text: string) => string) => change(outlinesText(['0001', '0002']));
const round = 'resultats-2022_pres_t1.csv';

/** A file, the name it has, and what is said of it in French. */
const files: [what: string, name: string, bytes: string | Buffer, said: string][] = [
	['nothing', 'vide.csv', '', 'vide.csv ne contient rien à lire.'],
	['a letter', 'lettre.txt', 'Cher Paul,\nà mardi.\n', 'Ce fichier n’est pas reconnu.'],
	[
		'a list of people',
		'liste.csv',
		'Nom;Courriel\nUma;u@rive.example\n',
		'Ce fichier n’est pas reconnu. Il contient : Nom, Courriel.',
	],
	[
		'a gzip cut short',
		'a.csv.gz',
		gzipSync(resultsText([['1', 100, 20, 30]])).subarray(0, -20),
		'est coupé avant la fin. Télécharge-le de nouveau.',
	],
	[
		'an archive in an archive',
		'a.csv.gz',
		gzipSync(gzipSync('x'.repeat(99))),
		'contient une archive dans une archive',
	],
	['a GeoJSON cut short', 'b-2022.geojson', outlinesText(['0001']).slice(0, -30), 'coupé'],
	[
		'outlines of nowhere in France',
		'b-2022.geojson',
		shapes((text) => text.replaceAll('45.9', '12.9')),
		'Ces contours ne sont pas en France',
	],
	[
		'points in the place of outlines',
		'b-2022.geojson',
		shapes((text) =>
			text.replaceAll('"Polygon"', '"LineString"').replaceAll('[[[', '[[').replaceAll(']]]', ']]'),
		),
		'Aucun contour dans ce fichier',
	],
	['outlines of an unsaid year', 'bureaux.geojson', outlinesText(['0001']), 'L’année manque'],
	[
		'results where a number is a word',
		round,
		counted('01,004,1,100,many,0,50,50'),
		'Ligne 2, colonne votants : un nombre entier est attendu, et non many.',
	],
	['results without a row', round, header, 'Aucune ligne de résultats dans ce fichier.'],
	[
		'results that give a station twice',
		round,
		counted('01,004,1,100,50,0,50,50', '01,004,0001,100,50,0,50,50'),
		'01004_0001',
	],
	[
		'results without a column',
		round,
		counted('01,004,1,100,50,0,50,50').replace('exprimes', 'autres'),
		'exprimes',
	],
	[
		'results of a commune that is in another department',
		round,
		counted('02,01004,1,100,50,0,50,50'),
		'Ligne 2',
	],
	['results of an unsaid round', 'r.csv', counted('01,004,1,100,50,0,50,50'), 'de quelle élection il s’agit'],
	[
		'a base with a code that is none',
		'base-2021.csv',
		base('IRIS;P21_POP', 'ABC;10'),
		'Ligne 2 : ABC n’est pas un code d’IRIS ou de commune.',
	],
	[
		'a base with a word for a figure',
		'base-2021.csv',
		base('IRIS;P21_POP', '010040101;beaucoup'),
		'Ligne 2, colonne P21_POP : un nombre est attendu, et non beaucoup.',
	],
	[
		'a base that contradicts itself',
		'base-2021.csv',
		base('IRIS;P21_POP', '010040101;10', '010040101;11'),
		'Ligne 3 : l’IRIS 010040101 est déjà là avec un autre chiffre dans la colonne P21_POP.',
	],
	[
		'a base of no figure',
		'base-2021.csv',
		base('IRIS;LIBIRIS', '010040101;Centre'),
		'aucune colonne de chiffres',
	],
	[
		'a base without its occupations',
		'base-2022.csv',
		base('IRIS;P22_POP;C22_POP15P', '010040101;10;9'),
		'Il manque la colonne C22_POP15P_STAT_GSEC32 à cette base (années des chiffres : 2022).',
	],
	[
		'a table of weights with a part too large',
		'poids-2022.csv',
		base('iris;bureau;poids', '010040101;1;1,5'),
		'Ligne 2 : IRIS 010040101, bureau 1, la part doit aller de 0 à 1',
	],
	['a table of weights of no row', 'poids-2022.csv', 'iris;bureau;poids\n', 'n’a aucune ligne'],
];

describe('what keeps a file out is said in whole sentences', () => {
	test.each(files)('%s', async (_, name, bytes, sentence) => {
		const problems = await problemsOf(name, bytes);
		expect(problems.length).toBeGreaterThan(0);
		const inFrench = problems.map((one) => said(french, one));
		expect(inFrench.join(' ')).toContain(sentence);
		for (const [n, problem] of problems.entries())
			for (const read of [inFrench[n] ?? '', said(english, problem)]) {
				expect(read).not.toMatch(/[{}]|undefined|electoral-map\./);
				expect(read).toMatch(/[.:]$/);
			}
	});

	test('a zip of which one part is of another kind says what was left', async () => {
		const archive = zipSync({
			'bureaux-2022.geojson': strToU8(outlinesText(['0001'])),
			'lisez-moi.txt': strToU8('Bonjour,\nà vous.\n'),
		});
		const { kind, units } = await unitsOfBytes('tout.zip', Buffer.from(archive));
		expect([kind, units.length]).toEqual(['outlines', 1]);
		const left = units[0]?.remarks.map((one) => said(french, { field: '', ...one })) ?? [];
		expect(left.join(' ')).toContain('lisez-moi.txt');
	});
});

const folder = join(import.meta.dirname, '..');
const code = globSync('**/*.ts', { cwd: folder })
	.filter((path) => !/\.(test|fixture)\.ts$/.test(path))
	.map((path) => readFileSync(join(folder, path), 'utf8'))
	.join('\n');
const catalogue = (name: string): Record<string, string> =>
	JSON.parse(readFileSync(join(folder, `words.${name}.json`), 'utf8'));
/** Names of what a message leaves open; the words of its choices are not. */
function holesOf(text = ''): string[] {
	const names = (nodes: Node[]): string[] =>
		nodes.flatMap((node) => {
			if (node.type === 0 || node.type === 7) return [];
			const inside = 'options' in node ? Object.values(node.options).flatMap((one) => names(one.value)) : [];
			return [node.value, ...inside];
		});
	return [...new Set(names(parseMessage(text)))].toSorted();
}

describe('every fault has its sentence', () => {
	const faults = [
		...code.matchAll(/(?:refuse(?:File|Load|Ground|Census)\(\s*)'(\w+)'/g),
		...code.matchAll(/'electoral-map\.((?:problem|remark|file|sending|weights|no)_\w+)'/g),
	].map(([, name]) => `electoral-map.${name}`);

	test('holes are seen', () => {
		expect(
			holesOf('{n, plural, one {a {b}} other {#}} {c, number} {d, select, e {f} other {{b}}} {a}'),
		).toEqual(['a', 'b', 'c', 'd', 'n']);
	});

	test('there are many', () => {
		expect(new Set(faults).size).toBeGreaterThan(60);
	});

	test.each([...new Set(faults)])('%s, in both languages, with the same holes', (key) => {
		const [fr, en] = [catalogue('fr')[key], catalogue('en')[key]];
		expect([key, typeof fr, typeof en]).toEqual([key, 'string', 'string']);
		expect(holesOf(en)).toEqual(holesOf(fr));
	});
});
