import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { Refusal } from '#platform/errors.ts';
import { stage } from '#tests/stage.ts';
import { outlinesText, resultsText } from '../loading/sent.fixture.ts';
import { prepare } from '../store/prepare.ts';
import { unitsOfBytes } from '../store/units.ts';
import { gzipBomb } from './archive.fixture.ts';
import { refusalOf } from './given.fixture.ts';
import { openBytes } from './open.ts';
import { standard } from './unpack.ts';
import { workbookOf } from './workbook.fixture.ts';

// Results are told by the communes of today's outlines, which are read.
stage();

const results = resultsText([
	['1', 100, 20, 30],
	['2', 300, 100, 100],
]);
const sound: [string, Buffer][] = [
	['resultats-2022.csv', Buffer.from(results)],
	['resultats-2022.csv.gz', gzipSync(results)],
	['resultats-2022.zip', Buffer.from(zipSync({ 'r.csv': strToU8(results) }))],
	[
		'resultats-2022.xlsx',
		Buffer.from(workbookOf({ Feuille: results.split('\n').map((line) => line.split(',')) })),
	],
	['bureaux-2022.geojson', Buffer.from(outlinesText(['0001', '0002']))],
	['base-2021.csv', Buffer.from('IRIS;P21_POP\n010040101;10\n010040102;20\n')],
	['poids-2022.csv', Buffer.from('iris;bureau;poids\n010040101;1;1\n010040102;2;1\n')],
];

/** What becomes of a file: taken, or refused with sentences. Anything else that it throws is a bug. */
async function fate(name: string, bytes: Buffer): Promise<'taken' | 'refused'> {
	try {
		const { kind, units } = await unitsOfBytes(name, bytes);
		for (const unit of units) await prepare({ kind, vintage: '2022', election: '2022_pres_t1' }, unit);
		return 'taken';
	} catch (error) {
		if (!(error instanceof Refusal) || error.problems.length === 0) throw error;
		for (const { key } of error.problems) expect(key).toMatch(/^electoral-map\./);
		return 'refused';
	}
}

describe('whatever comes in, it is taken or refused with a sentence', () => {
	test.each(sound)('%s is taken as it is', async (name, bytes) => {
		expect(await fate(name, bytes)).toBe('taken');
	});

	test.each(sound)(
		'%s, cut anywhere',
		async (name, bytes) => {
			await fc.assert(
				fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
					expect(['taken', 'refused']).toContain(await fate(name, bytes.subarray(0, length)));
				}),
				{ numRuns: name.endsWith('.geojson') ? 8 : 25 },
			);
		},
		60_000,
	);

	test.each(sound)(
		'%s, with some of its bytes changed',
		async (name, bytes) => {
			const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), {
				minLength: 1,
				maxLength: 8,
			});
			await fc.assert(
				fc.asyncProperty(changes, async (all) => {
					const spoiled = Buffer.from(bytes);
					for (const [at, value] of all) spoiled[at] = value;
					expect(['taken', 'refused']).toContain(await fate(name, spoiled));
				}),
				{ numRuns: name.endsWith('.geojson') ? 8 : 25 },
			);
		},
		60_000,
	);

	test('bytes that mean nothing, under any name', async () => {
		const names = fc.constantFrom(
			'a.csv',
			'a.zip',
			'a.gz',
			'a.xlsx',
			'a.geojson',
			'a.shp',
			'a',
			'.csv',
			'ø/…/x.csv',
		);
		await fc.assert(
			fc.asyncProperty(names, fc.uint8Array({ maxLength: 400 }), async (name, bytes) => {
				expect(['taken', 'refused']).toContain(await fate(name, Buffer.from(bytes)));
			}),
			{ numRuns: 80 },
		);
	}, 60_000);

	test('texts that nearly are tables', async () => {
		const cell = fc.constantFrom(
			'',
			'IRIS',
			'inscrits',
			'bureau',
			'"',
			'"a',
			';',
			'01',
			'1e9',
			'NaN',
			'=1+1',
			'\u0000',
			'\u202e',
		);
		const text = fc.array(
			fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(';')),
			{ maxLength: 8 },
		);
		await fc.assert(
			fc.asyncProperty(text, async (lines) => {
				expect(['taken', 'refused']).toContain(await fate('a.csv', Buffer.from(lines.join('\n'))));
			}),
			{ numRuns: 120 },
		);
	}, 60_000);
});

describe('what is too much is said with its limit, and is not unfolded', () => {
	const small = { ...standard, given: 2_000, unfolded: 4_000_000, sheet: 1_000 };
	const opened = (name: string, bytes: Uint8Array, limits = small) =>
		openBytes({ name, bytes: Buffer.from(bytes) }, limits);

	test('a gzip of a gigabyte of nothing, in a second and little memory', async () => {
		const before = process.memoryUsage.rss();
		const from = performance.now();
		expect(await refusalOf(opened('bombe.csv.gz', gzipBomb(1024), standard))).toBe('file_bomb');
		expect(process.memoryUsage.rss() - before).toBeLessThan(700 * 1024 * 1024);
		expect(performance.now() - from).toBeLessThan(20_000);
	}, 60_000);

	test('a workbook too large once unfolded says how large one may be', async () => {
		const rows = Array.from({ length: 200 }, (_, at) => [String(at), 'mot', 'mot', 'mot']);
		const refusal = await opened('classeur.xlsx', workbookOf({ Feuille: rows }), {
			...small,
			sheet: (1024 * 1024) / 512,
		}).catch((error: Refusal) => error.problems);
		expect(refusal).toMatchObject([
			{ key: 'electoral-map.file_sheet_too_large', args: { name: 'classeur.xlsx' } },
		]);
	});

	test.each([
		['a column that no spreadsheet has', ['A1', 'UNDEFINED1']],
		['a line that none has', ['A1', 'A99999999']],
		['two cells far apart', ['XFD1', 'A1048576']],
	])('a workbook with %s is refused, and not filled in', async (_, cells) => {
		const from = performance.now();
		expect(await refusalOf(opened('classeur.xlsx', withCells(cells), standard))).toBe('file_broken');
		expect(performance.now() - from).toBeLessThan(5_000);
	});

	test('what the house takes is what its sentences say', () => {
		const MB = 1024 * 1024;
		expect([standard.given / MB, standard.unfolded / MB, standard.sheet / MB]).toEqual([300, 400, 32]);
	});
});

/** A workbook with these cells and no other. */
function withCells(cells: string[]): Uint8Array {
	const files = unzipSync(workbookOf({ Feuille: [['a']] }));
	const sheet = 'xl/worksheets/sheet1.xml';
	const rows = cells.map((cell) => {
		const row = /\d+$/.exec(cell)?.[0];
		return `<row r="${row}"><c r="${cell}" t="inlineStr"><is><t>a</t></is></c></row>`;
	});
	const head = strFromU8(files[sheet]!).split('<sheetData>')[0];
	files[sheet] = strToU8(`${head}<sheetData>${rows.join('')}</sheetData></worksheet>`);
	return zipSync(files);
}
