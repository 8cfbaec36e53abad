import { Readable } from 'node:stream';
import { type CellValue, writeCsv } from '#platform/table/index.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Key, Words } from '#platform/wording/index.ts';
import type { FileKind } from './columns/index.ts';
import { refusedLines, showImport } from './queries.ts';
import { wordOf } from './steps/columns.ts';

const samples: Record<FileKind, { fields: string[]; lines: string[][] }> = {
	members: {
		fields: [
			'memberNumber',
			'familyName',
			'givenName',
			'email',
			'phone',
			'postcode',
			'commune',
			'unit',
			'membershipType',
			'memberSince',
			'paidUntil',
		],
		lines: [
			[
				'A-1024',
				'Lestrange',
				'Armelle',
				'armelle@courrier.example',
				'06 39 98 12 34',
				'',
				'',
				'',
				'',
				'12/03/2019',
				'31/12/2026',
			],
			['A-1025', 'Bouvard', 'Idriss', '', '01 99 00 45 67', '', '', '', '', '2021', ''],
		],
	},
	units: {
		fields: ['code', 'name', 'kind', 'parentCode', 'communes', 'email'],
		lines: [['X-01', 'Exemple', '', '', '', 'exemple@courrier.example']],
	},
};

/** A file to fill, with the names of columns that are recognised and two invented lines. */
export const sampleFile = ({ say }: Words, kind: FileKind): AsyncIterable<string> =>
	// words: imports.field_*
	writeCsv([
		samples[kind].fields.map((field) => say(`imports.field_${wordOf(field)}` as Key)),
		...samples[kind].lines,
	]);

/** The lines that did not go in, each with its number and why, to be corrected and sent again. Throws NotFound. */
export async function errorFile(viewer: Viewer, id: string, { say }: Words): Promise<AsyncIterable<string>> {
	const one = await showImport(viewer, id);
	const lines = await refusedLines(viewer, id);
	const kept = one.columns.filter(({ reason }) => reason.code !== 'forbidden');
	// words: imports.problem_*
	const why = (problems: { code: string }[]) =>
		problems.map(({ code }) => say(`imports.problem_${code}` as Key, { n: 1 } as never)).join(' · ');
	const rows: CellValue[][] = lines.map(({ line, cells, problems }) => [
		line,
		why(problems),
		...kept.map(({ column }) => cells[column] ?? ''),
	]);
	return writeCsv([
		[say('imports.line'), say('imports.problem'), ...kept.map(({ header }) => header)],
		...rows,
	]);
}

/** Text made bit by bit, as the body of an answer. */
export const bodyOf = (text: AsyncIterable<string>): ReadableStream =>
	Readable.toWeb(Readable.from(text).map((part: string) => Buffer.from(part))) as ReadableStream;
