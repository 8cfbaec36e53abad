import { type CellValue, writeCsv } from '#platform/table/index.ts';
import type { Words } from '#platform/wording/index.ts';
import { electionNamed } from './said.ts';
import type { SelectionSheet } from './selections.ts';

/** Chosen stations as CSV: where to go first, and who goes. */
export const listFile = (words: Words, sheet: SelectionSheet) => writeCsv(rowsOf(words, sheet));

// words: electoral-map.column_*
function* rowsOf(words: Words, { selection, targets }: SelectionSheet): Generator<CellValue[]> {
	const { say } = words;
	yield ['rank', 'key', 'name', 'commune', 'reserve', 'section', 'election'].map((column) =>
		say(`electoral-map.column_${column}`),
	);
	const election = electionNamed(words, selection.election);
	for (const { rank, key, place, commune, reserve, unit, offered } of targets)
		yield [
			rank,
			key,
			place ?? '',
			commune,
			reserve,
			offered.find(({ id }) => id === unit)?.name ?? '',
			election,
		];
}
