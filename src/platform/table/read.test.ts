import { describe, expect, test } from 'vitest';
import { readTable, TableStopped } from './read.ts';
import type { ReadOptions, Row, Table } from './types.ts';

async function open(source: string | Buffer, options?: ReadOptions): Promise<Table & { all: Row[] }> {
	const table = await readTable(Buffer.from(source as string), options);
	if (!table.ok) throw new Error(table.kind);
	return { ...table, all: await Array.fromAsync(table.rows) };
}

const LIST = 'NOM;PRENOM;Ville\r\nPélissonne;Josiane;Gué\r\nValmorin;Gérard;Villebrume\r\n';

function utf16be(text: string): Buffer {
	return Buffer.from(text, 'utf16le').swap16();
}

describe('a secretary opens a list', () => {
	test('accents come out right whatever program wrote the file', async () => {
		const forms: [string, Buffer][] = [
			['utf-8', Buffer.from(LIST)],
			['utf-8', Buffer.from(`\ufeff${LIST}`)],
			['windows-1252', Buffer.from(LIST, 'latin1')],
			['utf-16le', Buffer.from(`\ufeff${LIST}`, 'utf16le')],
			['utf-16le', Buffer.from(LIST, 'utf16le')],
			['utf-16be', utf16be(`\ufeff${LIST}`)],
			['utf-16be', utf16be(LIST)],
		];
		for (const [encoding, bytes] of forms) {
			const table = await open(bytes);
			expect(table).toMatchObject({ encoding, encodingCertain: true, separator: ';', headerLine: 1 });
			expect(table.header).toEqual(['NOM', 'PRENOM', 'Ville']);
			expect(table.all.map(({ cells }) => cells[1])).toEqual(['Josiane', 'Gérard']);
			expect(table.all[0]?.cells[0]).toBe('Pélissonne');
		}
	});

	test('an accent on the last line of a long list still decides the encoding', async () => {
		const bytes = Buffer.from(
			`nom;ville\n${'Valmorin;Villebrume\n'.repeat(20_000)}Pélissonne;Gué\n`,
			'latin1',
		);
		const table = await open(bytes);
		expect(table.encoding).toBe('windows-1252');
		expect(table.all.at(-1)).toEqual({ line: 20_002, cells: ['Pélissonne', 'Gué'] });
	});

	test('two exports glued together keep their accents, and we say that we are not certain', async () => {
		const bytes = Buffer.concat([
			Buffer.from(`${LIST}Éloïse;Zoé;Œuf\n`),
			Buffer.from('Fabrègat;Odile;x\n', 'latin1'),
		]);
		const table = await open(bytes);
		expect(table).toMatchObject({ encoding: 'utf-8', encodingCertain: false });
		expect(table.all.at(-1)?.cells[0]).toBe('Fabrègat');
	});

	test('a list from an old Mac is read as Windows, without claiming certainty', async () => {
		const bytes = Buffer.from('nom;ville\nPelissonne;Villebrume\n', 'latin1');
		bytes[11] = 0x8e;
		expect(await open(bytes)).toMatchObject({ encoding: 'windows-1252', encodingCertain: false });
	});

	test.each([';', ',', '\t', '|'] as const)('cells separated by %j', async (separator) => {
		const text = ['nom', 'ville', 'note'].join(separator);
		const table = await open(`${text}\nA${separator}B${separator}"un${separator} deux"\n`);
		expect(table.separator).toBe(separator);
		expect(table.all[0]?.cells).toEqual(['A', 'B', `un${separator} deux`]);
	});

	test('a plain list of addresses has one column and no header', async () => {
		const table = await open('jo@courrier.example\nge@courrier.example\n');
		expect(table).toMatchObject({
			separator: null,
			header: [''],
			headerLine: 0,
			headerProblems: [{ code: 'missing' }],
		});
		expect(table.all).toHaveLength(2);
	});

	test('titles above the header and the line that Excel asks for are passed over', async () => {
		const table = await open('sep=;\nListe au 3 mars;;\n\nNOM;PRENOM;CP\nA;B;07999\n');
		expect(table).toMatchObject({ header: ['NOM', 'PRENOM', 'CP'], headerLine: 4 });
		expect(table.all).toEqual([{ line: 5, cells: ['A', 'B', '07999'] }]);
	});

	test('columns without a name or named twice are told by their place', async () => {
		const { header, headerProblems } = await open('Nom;;nom \nA;B;C\n');
		expect(header).toEqual(['Nom', '', 'nom']);
		expect(headerProblems).toEqual([
			{ code: 'empty_name', column: 1 },
			{ code: 'duplicate_name', column: 2, first: 0 },
		]);
	});

	test('lines too short or too long are given with their number; empty cells at the end are no matter', async () => {
		const { all } = await open('a;b;c\n1;2\n\n;;\n1;2;3;;\n1;2;3;4\n1;2;3\n');
		expect(all).toEqual([
			{ line: 2, cells: ['1', '2'], problem: { code: 'too_few_cells', expected: 3, found: 2 } },
			{ line: 5, cells: ['1', '2', '3'] },
			{ line: 6, cells: ['1', '2', '3', '4'], problem: { code: 'too_many_cells', expected: 3, found: 4 } },
			{ line: 7, cells: ['1', '2', '3'] },
		]);
	});

	test('a quote that nobody closed spoils its line only', async () => {
		const { all } = await open('a;b;c\n1;"2;3\n4;"deux\nlignes";6\n7;8;9\n');
		expect(all).toEqual([
			{ line: 2, cells: ['1', '2', '3'], problem: { code: 'stray_quote' } },
			{ line: 3, cells: ['4', 'deux\nlignes', '6'] },
			{ line: 4, cells: ['7', '8', '9'] },
		]);
	});

	test('a quote that nobody closed at the top of a very long list does not stall or swallow it', async () => {
		const lines = 60_000;
		const { all } = await open(`a;b\n"x;y\n${'Valmorin;"Villebrume"\n'.repeat(lines)}`);
		expect(all).toHaveLength(lines + 1);
		expect(all.filter(({ problem }) => problem)).toEqual([
			{ line: 2, cells: ['x', 'y'], problem: { code: 'stray_quote' } },
		]);
	}, 20_000);

	test('a list comes in pieces cut anywhere', async () => {
		const bytes = Buffer.from(LIST);
		async function* pieces() {
			for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
		}
		const table = await readTable(pieces());
		expect(table.ok && (await Array.fromAsync(table.rows)).length).toBe(2);
	});

	test('lines can be walked twice: once for examples, once for the import', async () => {
		const table = await readTable(Buffer.from(LIST));
		if (!table.ok) throw new Error();
		expect(await Array.fromAsync(table.rows)).toEqual(await Array.fromAsync(table.rows));
	});

	test('a person may overrule what was detected', async () => {
		const table = await open('1,5;2,5\n3,5;4,5\n', { separator: ';', hasHeader: true });
		expect(table).toMatchObject({ header: ['1,5', '2,5'], headerLine: 1 });
		const wrong = await open(Buffer.from('n;é\na;b\n'), { encoding: 'windows-1252' });
		expect(wrong.header).toEqual(['n', 'Ã©']);
	});
});

describe('what is not a table is named', () => {
	const files: [string, Buffer | string][] = [
		['empty', ''],
		['empty', ' \r\n\r\n'],
		['xlsx', 'PK\x03\x04[Content_Types].xml xl/workbook.xml'],
		['ods', 'PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet'],
		['zip', 'PK\x03\x04photos/1.jpg'],
		['xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
		['pdf', '%PDF-1.7\n'],
		['image', Buffer.from('89504e470d0a1a0a', 'hex')],
		['html', '<html><table><tr><td>NOM</td></tr></table>'],
		['json', '[{"nom": "A"}]'],
		['vcard', 'BEGIN:VCARD\nFN:A\n'],
		['nul_bytes', 'nom;ville\nA\0;B\n'],
		['binary', 'a\x01\x02\x03\x04;b\n'],
	];
	test.each(files)('%s', async (kind, content) => {
		expect(await readTable(Buffer.from(content as string))).toEqual({ ok: false, code: 'not_a_table', kind });
	});

	test('too large is refused before all of it is kept', async () => {
		let given = 0;
		async function* endless() {
			for (;;) {
				given++;
				yield Buffer.alloc(1000, 'a;');
			}
		}
		expect(await readTable(endless(), { maxBytes: 5000 })).toMatchObject({ kind: 'too_large', limit: 5000 });
		expect(given).toBe(6);
	});

	test('too many lines stop the walk', async () => {
		await expect(open('a;b\n1;2\n3;4\n', { maxRows: 1 })).rejects.toThrow(TableStopped);
		expect((await open('a;b\n1;2\n3;4\n', { maxRows: 2 })).all).toHaveLength(2);
	});
});
