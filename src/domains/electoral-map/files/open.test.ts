import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { realData, realDataMissing } from '../real.fixture.ts';
import { gzipBomb, zipBomb, zipNamed } from './archive.fixture.ts';
import { givenOf, realGiven, refusalOf, tableIn, tableOf } from './given.fixture.ts';
import { openBytes, openFile } from './open.ts';
import { standard } from './unpack.ts';
import { workbookOf } from './workbook.fixture.ts';

const TABLE = 'Code du département;Libellé;Code\n2A;Ajaccio;01080\n01;Ambérieu;1\n';
const ROWS = [
	['2A', 'Ajaccio', '01080'],
	['01', 'Ambérieu', '1'],
];

const rowsOf = async (source: string | Uint8Array) =>
	(await Array.fromAsync((await tableOf(source)).rows)).map(({ cells }) => cells);
const refused = (source: string | Uint8Array, limits = standard) =>
	refusalOf(openBytes({ name: 'file', bytes: Buffer.from(source as string) }, limits));

describe('a file is opened whatever wraps it', () => {
	const forms: [string, Uint8Array | string][] = [
		['plain', TABLE],
		['with a mark', `\ufeff${TABLE}`],
		['of an old Windows', Buffer.from(TABLE, 'latin1')],
		['with Windows ends of lines', TABLE.replaceAll('\n', '\r\n')],
		['with commas', TABLE.replaceAll(';', ',')],
		['with tabs', TABLE.replaceAll(';', '\t')],
		['gzip', gzipSync(TABLE)],
		['zip', zipSync({ 'folder/a.csv': strToU8(TABLE), '__MACOSX/._a.csv': strToU8('\0\0') })],
	];
	test.each(forms)('%s', async (_, source) => {
		expect((await tableOf(source)).header).toEqual(['Code du département', 'Libellé', 'Code']);
		expect(await rowsOf(source)).toEqual(ROWS);
	});

	test('from a path; a folder or nothing there is refused', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'map-'));
		writeFileSync(join(folder, 'name-means-nothing.pdf'), gzipSync(TABLE));
		const { given } = await openFile(join(folder, 'name-means-nothing.pdf'));
		expect(given.map(({ form }) => form)).toEqual(['table']);
		expect(await refusalOf(openFile(folder))).toBe('file_missing');
		expect(await refusalOf(openFile(join(folder, 'absent.csv')))).toBe('file_missing');
		const small = { ...standard, given: 10 };
		expect(await refusalOf(openFile(join(folder, 'name-means-nothing.pdf'), small))).toBe('file_too_large');
		rmSync(folder, { recursive: true });
	});

	test('decimal commas and uneven rows do not hide the separator of the header', async () => {
		const rows = Array.from({ length: 60 }, (_, at) => `01;4;${'1,5;2,5;'.repeat(at % 17)}3,5`);
		const table = await tableOf(`Code du département;Code;% Voix/Ins\n${rows.join('\n')}\n`);
		expect(table.separator).toBe(';');
	});

	test('an archive gives all that it holds, and says what it leaves aside', async () => {
		const { given, remarks } = await openBytes({
			name: 'all.zip',
			bytes: Buffer.from(
				zipSync({
					'a.csv': strToU8(TABLE),
					'b.json': strToU8('{"type":"x"}'),
					'notice.pdf': strToU8('%PDF-1.7'),
				}),
			),
		});
		expect(given.map(({ form, name }) => [form, name])).toEqual([
			['table', 'a.csv'],
			['json', 'b.json'],
		]);
		expect(remarks).toEqual([
			{ key: 'electoral-map.remark_file_left_aside', args: { name: 'notice.pdf', kind: 'pdf' } },
		]);
	});
});

describe('a workbook gives signs, never numbers', () => {
	const header = ['Code du département', 'Code', 'Voix'];

	test('codes keep the zeros that the file holds, and numbers all their digits', async () => {
		const rows = [header, ['01', '#01080', '#0.56999999999999995'], ['2A', '', '#12345678901234567890']];
		const found = await rowsOf(workbookOf({ Feuille: rows }));
		expect(found).toEqual([
			['01', '01080', '0.56999999999999995'],
			['2A', '', '12345678901234567890'],
		]);
	});

	test('each sheet that holds something is a table; a workbook may come in a zip', async () => {
		const book = workbookOf({ Un: [header, ['01', '1', '#2']], Vide: [], Deux: [header, ['02', '1', '#3']] });
		const { given } = await openBytes({ name: 'x', bytes: Buffer.from(zipSync({ 'r.xlsx': book })) });
		expect(given.map(({ name }) => name)).toEqual(['r.xlsx: Un', 'r.xlsx: Deux']);
	});
});

describe('what would harm is refused before it does', () => {
	test('a bomb of 1 GB, in gzip and in zip, honest or lying about its size', async () => {
		const gzip = gzipBomb(1024);
		expect(gzip.length).toBeLessThan(1.2 * 1024 * 1024);
		expect(await refused(gzip)).toBe('file_bomb');
		expect(await refused(zipBomb(1024, 1024 ** 3))).toBe('file_bomb');
		expect(await refused(zipBomb(64, 64 * 1024 ** 2))).toBe('file_bomb');
		expect(await refused(zipBomb(1024, 1000))).toBe('file_bomb');
	});

	test('more entries, or more bytes, than the limits', async () => {
		const many = Object.fromEntries(Array.from({ length: 4 }, (_, at) => [`${at}.csv`, strToU8(TABLE)]));
		expect(await refused(zipSync(many), { ...standard, entries: 3 })).toBe('file_bomb');
		expect(await refused(zipSync(many), { ...standard, entries: 4 })).toBe('taken');
		expect(await refused(gzipSync(TABLE), { ...standard, unfolded: 20 })).toBe('file_too_large');
		expect(await refused(TABLE, { ...standard, unfolded: 20 })).toBe('file_too_large');
	});

	test.each([['../../etc/passwd'], ['/etc/passwd'], ['a\\..\\b.csv'], ['C:evil.csv']])(
		'the name %s',
		async (name) => {
			expect(await refused(zipNamed(name, TABLE))).toBe('file_unsafe_name');
			expect(await refused(zipNamed('a/b.csv', TABLE))).toBe('taken');
		},
	);

	test('archives in archives', async () => {
		expect(await refused(zipSync({ 'a.zip': zipSync({ 'a.csv': strToU8(TABLE) }) }))).toBe('file_nested');
		expect(await refused(zipSync({ 'a.csv.gz': gzipSync(TABLE) }))).toBe('file_nested');
		expect(await refused(gzipSync(gzipSync(TABLE)))).toBe('file_nested');
	});
});

describe('what is cut, broken or of another kind is named', () => {
	const zip = Buffer.from(zipSync({ 'a.csv': strToU8(TABLE.repeat(100)) }));
	const locked = Buffer.from(zip);
	locked[locked.indexOf('PK\x01\x02', 0, 'latin1') + 8] = 1;
	const damaged = gzipSync(TABLE);
	damaged[20] = (damaged[20] ?? 0) ^ 0xff;
	const files: [string, string, Uint8Array | string][] = [
		['a gzip cut short', 'file_cut', gzipSync(TABLE.repeat(50)).subarray(0, -20)],
		['a gzip cut by one byte', 'file_cut', gzipSync(TABLE).subarray(0, -1)],
		['a gzip with a wrong byte', 'file_broken', damaged],
		['a zip cut short', 'file_cut', zip.subarray(0, -40)],
		['a zip with a password', 'file_locked', locked],
		['an empty file', 'file_empty', ''],
		['an empty gzip', 'file_empty', gzipSync('')],
		['a zip of folders', 'file_empty', zipSync({ 'a/': new Uint8Array() })],
		['a notice', 'file_not_read', '%PDF-1.7'],
		['an old spreadsheet', 'file_not_read', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
		['a page of the web', 'file_not_read', '<!doctype html><p>404'],
		['half a shapefile', 'file_shape_incomplete', zipSync({ 'a.shp': strToU8('x') })],
		['a broken workbook', 'file_broken', zipSync({ 'xl/workbook.xml': strToU8('<x') })],
	];
	test.each(files)('%s: %s', async (_, key, source) => expect(await refused(source)).toBe(key));
});

describe.skipIf(realDataMissing)('the real files', () => {
	test('a workbook of the Ministry gives signs, never numbers', async () => {
		const table = tableIn(
			await realGiven('formats/2022-presidentielle-1_par_circonscription_ministere.xlsx'),
		);
		const rows = await Array.fromAsync(table.rows);
		expect(rows).toHaveLength(577);
		expect(rows[0]?.cells.slice(0, 6)).toEqual([
			'01',
			'Ain',
			'01',
			'1ère circonscription',
			'Complet',
			'85723',
		]);
		expect(rows.every(({ cells }) => cells.every((cell) => typeof cell === 'string'))).toBe(true);
		expect(rows.some(({ cells }) => cells[0] === '2A')).toBe(true);
	});

	test('a workbook too large to be read is refused before', async () => {
		const path = 'formats/2024-legislatives-1_par_circonscription_ministere.xlsx';
		const given = await realGiven(path);
		expect(given.form).toBe('table');
		expect(await refused(realData(path), { ...standard, sheet: 1024 ** 2 })).toBe('file_sheet_too_large');
	});

	test('a zipped shapefile comes with its parts', async () => {
		const given = await realGiven('paris/iris-contours-2013-lambert93-shp.zip');
		if (given.form !== 'shapefile') throw new Error(given.form);
		expect([given.shp.length, given.dbf.length]).toEqual([458_236, 556_770]);
		expect(given.prj?.toString()).toContain('Lambert');
	});

	test('GeoJSON is told from tables', async () => {
		expect((await realGiven('paris/bureaux-contours-2012.geojson.gz')).form).toBe('json');
		expect((await givenOf('{"type":"FeatureCollection"}')).form).toBe('json');
	});
});
