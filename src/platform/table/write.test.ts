import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTable } from './read.ts';
import { type CellValue, neutraliseFormula, restoreFormula, writeCsv } from './write.ts';

async function csv(rows: CellValue[][]): Promise<string> {
	return (await Array.fromAsync(writeCsv(rows))).join('');
}

describe('an officer opens an export in a spreadsheet', () => {
	test('accents and columns show at once', async () => {
		expect(
			await csv([
				['Nom', 'Note'],
				['Pélissonne', 'a;b "c"\nd'],
			]),
		).toBe('\ufeffNom;Note\r\nPélissonne;"a;b ""c""\nd"\r\n');
	});

	test.each([
		'=1+1',
		'+33',
		'-1',
		'@x',
		'\tx',
		'\rx',
		'  =1',
		'\u00a0=1',
		'\u200b=1',
		'\n=1',
		'＝1',
		'＋1',
		'－1',
		'＠1',
	])('%j starts no formula', async (text) => {
		expect(neutraliseFormula(text)).toBe(`'${text}`);
		expect(await csv([[text]])).toContain(`'${text}`);
	});

	test('numbers stay numbers, names stay names', async () => {
		expect(await csv([[-3, true, null, undefined, 'Val-d’Orsande', 'x=1', '']])).toBe(
			'\ufeff-3;true;;;Val-d’Orsande;x=1;\r\n',
		);
	});

	test('what we write, we read back the same', async () => {
		const cell = fc
			.string({ unit: 'grapheme' })
			.filter((text) => !['\0', '\r', '\u001f', '\ufeff', '\ufffd'].some((sign) => text.includes(sign)));
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }),
				async (rows) => {
					const table = await readTable(Buffer.from(await csv([['Nom', 'Ville', 'Note'], ...rows])));
					if (!table.ok) throw new Error(table.kind);
					const back = (await Array.fromAsync(table.rows)).map(({ cells }) => cells.map(restoreFormula));
					const blank = (row: string[]) => row.map(neutraliseFormula).every((text) => text.trim() === '');
					expect(back).toEqual(rows.filter((row) => !blank(row)));
				},
			),
			{ numRuns: 300 },
		);
	});
});
