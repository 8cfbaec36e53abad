import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realDataMissing, realPath } from '#domains/electoral-map/real.fixture.ts';

// Commands typed in a terminal, on a fresh data folder where no organisation is yet.
const folder = mkdtempSync(join(tmpdir(), 'coopol-map-prints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

interface Typed {
	code: number;
	out: string;
	err: string;
	/** Lines printed, but those that say how the database was opened. */
	lines: string[];
}

async function type(...words: string[]): Promise<Typed> {
	const { DATABASE_URL: _, COOPOL_APP_URL: __, COOPOL_SYSTEM_URL: ___, ...env } = process.env;
	const child = spawn(
		process.execPath,
		['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../coopol.ts'), 'map', ...words],
		{ env: { ...env, COOPOL_DATA: join(folder, 'data'), NODE_ENV: 'production', VITEST: '' } },
	);
	const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	const lines = out.split('\n').filter((line) => line && !/^(Database|Migrations)…/.test(line));
	return { code: code as number, out, err, lines };
}

const file = (name: string, content: string | Buffer) => {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
};
const square = (west: number) => {
	const ring = [
		[west, 45.95],
		[west + 0.01, 45.95],
		[west + 0.01, 45.96],
		[west, 45.96],
		[west, 45.95],
	];
	return { type: 'Polygon', coordinates: [ring] };
};
const drawn = (...codes: string[]) =>
	JSON.stringify({
		type: 'FeatureCollection',
		features: codes.map((code, at) => ({
			type: 'Feature',
			properties: code.includes('_') ? { codeBureauVote: code } : { CODE_IRIS: code },
			geometry: square(5.35 + at / 100),
		})),
	});
const results = (...rows: string[]) =>
	['departement,commune,bureau,inscrits,votants,blancs,exprimes,DUPONT,DURAND', ...rows].join('\n');

beforeAll(async () => {
	const outlines = file('bureaux-2022.geojson.gz', gzipSync(drawn('01004_0001', '01004_0002')));
	const iris = file('iris-2022.geojson', drawn('010040101', '010040102'));
	const base = file('base-2021.csv', 'IRIS;P21_POP;P21_POP0014\n010040101;1000;250\n010040102;400;50\n');
	const round = file('r.csv', results('01,004,1,100,50,0,50,20,30', '01,004,7,90,50,0,50,20,30'));
	for (const words of [
		['outlines', outlines],
		['iris', iris],
		['census', base],
		['results', round, '--election', '2022_pres_t1'],
	]) {
		const { code, err } = await type('import', ...words);
		expect([words[0], code, code ? err : '']).toEqual([words[0], 0, '']);
	}
}, 180_000);

describe('what other programs read', () => {
	test('estimates: the key, the columns as asked and in their order, the quality', async () => {
		const asked = ['--commune', '01004', '--vintage', '2022', '--columns', 'P21_POP0014,P21_POP', '--csv'];
		const { code, lines } = await type('estimates', ...asked);
		expect(code).toBe(0);
		expect(lines[0]).toBe('bureau,P21_POP0014,P21_POP,quality');
		expect(lines.slice(1).map((line) => line.replace(/,(good|fair|poor)$/, ''))).toEqual([
			'01004_0001,250,1000',
			'01004_0002,50,400',
		]);
	}, 60_000);

	test('weights: IRIS, station, part, square metres', async () => {
		const { code, lines } = await type('weights', '--commune', '01004', '--vintage', '2022', '--csv');
		expect([code, lines[0]]).toEqual([0, 'iris,bureau,weight,area_m2']);
		const rows = lines.slice(1).map((line) => line.split(','));
		expect(rows.map(([iris, bureau]) => [iris, bureau])).toEqual([
			['010040101', '01004_0001'],
			['010040102', '01004_0002'],
		]);
		for (const [, , weight, area] of rows) {
			expect(Number(weight)).toBeCloseTo(1, 9);
			expect(Number(area)).toBeGreaterThan(100_000);
		}
	}, 60_000);

	test('join: one object, with those that find no ground and their registered voters', async () => {
		const { code, lines } = await type('join', '--election', '2022_pres_t1', '--vintage', '2022', '--json');
		expect([code, lines.length]).toEqual([0, 1]);
		expect(JSON.parse(lines[0] ?? '')).toMatchObject({
			election: '2022_pres_t1',
			vintage: '2022',
			stations: 2,
			joined: 1,
			registered: 90,
			unmatched: [{ key: '01004_0007', registered: 90 }],
		});
	}, 60_000);

	test('import with --json: one object, a report per file', async () => {
		const again = file('again.csv', results('01,004,1,100,50,0,50,25,25'));
		const { code, lines } = await type('import', 'results', again, '--election', '2022_pres_t2', '--json');
		expect([code, lines.length]).toEqual([0, 1]);
		expect(JSON.parse(lines[0] ?? '')).toMatchObject({
			ok: true,
			files: [{ file: 'again.csv', kind: 'results', election: '2022_pres_t2', counts: { stations: 1 } }],
		});
	}, 60_000);
});

describe('what a person reads', () => {
	test('one line per file, with what is to be known below; a refusal ends with 1', async () => {
		const good = file('good.csv', results('01,004,0001,100,50,0,50,25,25'));
		const bad = file('bad.csv', results('01,004,1,100,many,0,50,25,25'));
		const { code, lines, err } = await type('import', 'results', good, bad, '--election', '2022_legi_t1');
		expect(code).toBe(1);
		const own = lines.filter((line) => !line.startsWith('  '));
		expect(own[0]).toMatch(/^good\.csv: results 2022_legi_t1, .*joined 1 of 1 with 2022.*, [\d.]+ s$/);
		expect(own[1]).toMatch(/^bad\.csv: refused, [\d.]+ s$/);
		expect(lines.join('\n')).toContain('Line 2, column votants: a whole number is due, not many.');
		expect(err).not.toMatch(/\n\s+at /);
	}, 60_000);

	test('a file that is not there, a kind that is none, a place that is not loaded: a sentence, and no trace', async () => {
		const wrongs: [string[], number, RegExp][] = [
			[['import', 'results', '/nowhere/r.csv'], 2, /no such file: \/nowhere\/r\.csv/],
			[
				['import', 'people', file('r2.csv', results())],
				2,
				/KIND is one of: outlines, addresses, places, iris/,
			],
			[['estimates', '--commune', '01004', '--vintage', '2022'], 2, /add --columns/],
			[['weights', '--commune', '99999', '--vintage', '2022'], 1, /No weights for commune 99999/],
			[['join', '--election', '1999_euro_t1'], 1, /No results loaded for 1999_euro_t1\. Loaded: /],
			[
				['estimates', '--commune', '01004', '--vintage', '2022', '--columns', 'P21_LUNE'],
				1,
				/P21_LUNE.*P21_POP/,
			],
			[['restore', 'not-an-id'], 1, /not-an-id/],
			[['transfers', '--commune', '01004', '--from', '2022_pres_t1', '--to', '2022_pres_t2'], 1, /\b50\b/],
		];
		for (const [words, code, said] of wrongs) {
			const typed = await type(...words);
			expect([words.join(' '), typed.code, typed.lines]).toEqual([words.join(' '), code, []]);
			expect(typed.err).toMatch(said);
			expect(typed.err).not.toMatch(/\n\s+at /);
		}
	}, 120_000);
});

describe.skipIf(realDataMissing)('with real files', () => {
	test('the three commands of the guide, for a department', async () => {
		const place = 'alpes-de-haute-provence';
		const outlines = await type('import', 'outlines', realPath(`${place}/bureaux-contours-2022.geojson.gz`));
		expect([outlines.code, outlines.lines[0]]).toEqual([
			0,
			expect.stringMatching(/^bureaux-contours-2022\.geojson\.gz: outlines 2022, stations 261, drawn 260, /),
		]);
		const areas = realPath(`${place}/communes-contours.geojson.gz`);
		expect((await type('import', 'iris', areas, '--vintage', '2022')).code).toBe(0);
		const round = realPath(`${place}/resultats/2019-europeennes_par_bureau_large.csv`);
		const results = await type('import', 'results', round, '--election', '2019_euro_t1');
		expect(results.lines[0]).toContain('joined 256 of 259 with 2022');
	}, 120_000);
});
