import Papa from 'papaparse';
import readSheets from 'read-excel-file/node';
import type { Entry } from '#platform/files/zip.ts';
import { type Packed, zipOf } from '#platform/files/zip-write.ts';
import { refuseFile } from './refusal.ts';
import { type Limits, type Piece, unfoldEntry } from './unpack.ts';

/** True when the entries are those of an `.xlsx`. */
export const isWorkbook = (entries: Entry[]) => entries.some(({ name }) => name === 'xl/workbook.xml');

/**
 * The sheets of a workbook that hold something, each as text with `;`: what reads tables then reads them all alike.
 * Cells keep the signs of the file, numbers too ("01" stays "01"; an "1" that lost its zero stays "1").
 */
export async function sheetsOf(name: string, entries: Entry[], limits: Limits): Promise<Piece[]> {
	const size = entries.reduce((sum, entry) => sum + entry.size, 0);
	if (size > limits.sheet) refuseFile('file_sheet_too_large', { name, limit: limits.sheet / 2 ** 20 });
	const sheets = await readSheets(await repacked(name, entries), { parseNumber: (text) => text }).catch(() =>
		refuseFile('file_broken', { name }),
	);
	return sheets
		.filter(({ data }) => data.length > 0)
		.map(({ sheet, data }) => ({
			name: sheets.length > 1 ? `${name}: ${sheet}` : name,
			bytes: Buffer.from(Papa.unparse(data.map(textsOf), { delimiter: ';', newline: '\n' })),
		}));
}

/** Its reader unfolds what it is given without a limit: it is given entries that were already unfolded and measured. */
async function repacked(name: string, entries: Entry[]): Promise<Buffer> {
	async function* unfolded(): AsyncGenerator<Packed> {
		for (const entry of entries) {
			const content = await unfoldEntry(entry);
			if (entry.name.startsWith('xl/worksheets/')) mustFit(name, content.toString('latin1'));
			yield { path: entry.name, content };
		}
	}
	return Buffer.concat(await Array.fromAsync(zipOf(unfolded())));
}

// A spreadsheet's own bounds, and far more cells than a sheet of the largest size can hold.
const MOST = { columns: 16_384, rows: 1_048_576, cells: 20_000_000 };

/** Its reader fills the holes: two cells far apart, in a file of a few bytes, would be millions in memory. */
function mustFit(name: string, xml: string): void {
	let [columns, rows] = [0, 0];
	for (const [, letters = '', digits] of xml.matchAll(/\br="([A-Za-z]*)(\d+)"/g)) {
		columns = Math.max(columns, numberOf(letters));
		rows = Math.max(rows, Number(digits));
	}
	if (columns > MOST.columns || rows > MOST.rows || columns * rows > MOST.cells)
		refuseFile('file_broken', { name });
}

/** `A` is 1, `AB` 28. */
const numberOf = (letters: string) =>
	[...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

function textsOf(cells: readonly unknown[]): string[] {
	return cells.map((cell) => {
		if (cell instanceof Date) return cell.toISOString().slice(0, 10);
		return cell === null || cell === undefined ? '' : String(cell);
	});
}
