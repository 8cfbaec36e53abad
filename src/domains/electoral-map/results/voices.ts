import type { Row } from '#platform/table/index.ts';
import type { Voice } from '../model.ts';
import { isNuance } from './blocs.ts';
import type { VoiceColumn, VoiceColumns } from './columns.ts';
import type { Layout } from './layout.ts';
import { cellAt, countAt } from './rows.ts';

/** Keeps one copy of each name: cells are windows on the text of the file, which would stay in memory with them. */
export function oneCopyOfEach(): (text: string) => string {
	const known = new Map<string, string>();
	return (text) => {
		const found = known.get(text);
		if (found !== undefined) return found;
		const copy = Buffer.from(text).toString();
		known.set(copy, copy);
		return copy;
	};
}

/** A function from a row to its voices, in the order of the file. */
export function voicesReader(layout: Layout, header: string[]): (row: Row) => Voice[] {
	const keep = oneCopyOfEach();
	const [first = {}] = layout.blocks;
	if (layout.layout === 'unnamed') return (row) => repeatedVoices(row, first, layout.width, keep);
	if (layout.named.length > 0) return namedVoices(layout, header);
	return (row) => layout.blocks.flatMap((block) => voiceIn(row, block, keep) ?? []);
}

function repeatedVoices(
	row: Row,
	first: VoiceColumns,
	width: number,
	keep: (text: string) => string,
): Voice[] {
	const voices: Voice[] = [];
	for (let shift = 0; (first.votes ?? row.cells.length) + shift < row.cells.length; shift += width) {
		const voice = voiceIn(row, first, keep, shift);
		if (voice) voices.push(voice);
	}
	return voices;
}

/** The voice of one block of columns; null when the block is empty. Throws RowProblem when its votes are no count. */
function voiceIn(row: Row, block: VoiceColumns, keep: (text: string) => string, shift = 0): Voice | null {
	const cell = (column: VoiceColumn) => {
		const at = block[column];
		return at === undefined ? '' : cellAt(row, at + shift);
	};
	const name = nameOf(cell);
	const board = cell('board');
	if (!name && !board && !cell('votes') && !cell('nuance')) return null;
	const votes = countAt(row, (block.votes ?? 0) + shift, 'Voix');
	const nuance = cell('nuance').toUpperCase();
	return {
		candidate: keep(board || name || nuance),
		name: keep(name || nuance || board),
		nuance: nuance ? keep(nuance) : null,
		votes,
	};
}

/** As printed: a list's short title, a pair, or first name and name. */
function nameOf(cell: (column: VoiceColumn) => string): string {
	const person = [cell('firstName'), cell('lastName')].filter(Boolean).join(' ');
	return cell('shortTitle') || cell('pair') || person || cell('title') || cell('head');
}

/** One column per candidate. They are nuances when every name of column is one. */
function namedVoices({ named }: Layout, header: string[]): (row: Row) => Voice[] {
	const shown = named.map(({ at }) => ({ at, name: header[at] ?? '' }));
	const areNuances = shown.every(({ name }) => isNuance(name));
	return (row) =>
		shown.map(({ at, name }) => ({
			candidate: name,
			name,
			nuance: areNuances ? name : null,
			// An empty cell is a candidate who did not stand here
			votes: cellAt(row, at) === '' ? 0 : countAt(row, at, name),
		}));
}
