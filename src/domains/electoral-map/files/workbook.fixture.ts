import { strToU8, zipSync } from 'fflate';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A workbook; cells that start with `#` are numbers written so, the others are text. */
export function workbookOf(sheets: Record<string, string[][]>): Uint8Array {
	const names = Object.keys(sheets);
	const files: Record<string, string> = {
		'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${names
			.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
			.join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${names
			.map(
				(_, at) =>
					`<Relationship Id="rId${at + 1}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
			)
			.join('')}</Relationships>`,
	};
	for (const [at, rows] of Object.values(sheets).entries())
		files[`xl/worksheets/sheet${at + 1}.xml`] =
			`<worksheet xmlns="${MAIN}"><sheetData>${rows.map(rowOf).join('')}</sheetData></worksheet>`;
	return zipSync(
		Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(XML + text)])),
	);
}

const rowOf = (cells: string[], at: number) =>
	`<row r="${at + 1}">${cells.map((text, column) => cellOf(text, `${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column]}${at + 1}`)).join('')}</row>`;

function cellOf(text: string, place: string): string {
	if (text.startsWith('#')) return `<c r="${place}"><v>${text.slice(1)}</v></c>`;
	return text && `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
}
