import type { Row } from '#platform/table/index.ts';
import { wholeKey } from '../ground/fields.ts';
import type { Remark, Voice } from '../model.ts';
import { type Column, shownName } from './columns.ts';
import type { Layout } from './layout.ts';
import { communeCode, constituencyCode } from './places.ts';

/** One row as read: where it is and its counts; its voices are read apart. */
export interface Entry {
	line: number;
	/** The code of the constituency when the file goes no further down. */
	commune: string;
	number: string;
	isMended: boolean;
	registered: number;
	voters: number;
	blank: number | null;
	spoilt: number | null;
	valid: number;
	voices: Voice[];
}

/** A row that cannot be read; nothing of the file is then taken. */
export class RowProblem extends Error {
	readonly remark: Remark;
	constructor(remark: Remark) {
		super(remark.key);
		this.remark = remark;
	}
}

export const cellAt = ({ cells }: Row, at: number | undefined) =>
	at === undefined ? '' : (cells[at] ?? '').trim();

const PLAIN = /^\d{1,9}$/;

/** A whole number of people: "1 079", "1079", "1079,0" from a spreadsheet. Throws RowProblem. */
export function countAt(row: Row, at: number | undefined, column: string): number {
	const text = cellAt(row, at);
	// Nearly every cell, and there are three million of them
	if (PLAIN.test(text)) return Number(text);
	const [, digits] = text.replace(/\s/g, '').match(/^(\d{1,9})(?:[.,]0+)?$/) ?? [];
	if (digits !== undefined) return Number(digits);
	const args = { column, found: text.slice(0, 40) };
	throw new RowProblem({ key: 'electoral-map.problem_not_a_count', args, line: row.line });
}

type Place = Pick<Entry, 'commune' | 'number' | 'isMended'>;

/** Where a row counts. Throws RowProblem when its codes disagree. */
export function placeOf(row: Row, { columns, level }: Layout): Place {
	const cell = (column: Column) => cellAt(row, columns[column]);
	const place =
		columns.parisStation === undefined ? codesOf(cell, level) : parisStation(cell('parisStation'));
	if (place) return place;
	const found = [cell('department'), cell('commune') || cell('constituency'), cell('station')]
		.join(' ')
		.trim();
	const args = { found: (found || cell('identifier') || cell('parisStation')).slice(0, 40) };
	throw new RowProblem({ key: 'electoral-map.problem_place', args, line: row.line });
}

function codesOf(cell: (column: Column) => string, level: Layout['level']): Place | null {
	if (level === 'constituency') {
		const found = constituencyCode(cell('department'), cell('constituency'));
		return found && { commune: found.code, number: '', isMended: found.isMended };
	}
	const [, before = '', after = ''] = cell('identifier').match(/^([^_]+)_(.+)$/) ?? [];
	const found = communeCode(cell('department'), cell('commune') || before);
	const number = (cell('station') || after).toUpperCase();
	return found && number ? { commune: found.code, number, isMended: found.isMended } : null;
}

function parisStation(text: string): Place | null {
	const station = wholeKey(text);
	return station && { commune: station.commune, number: station.code.split('_')[1] ?? '', isMended: false };
}

/** The counts of a row. Spoilt votes are what is left when the file gives blank ones alone. */
export function entryOf(row: Row, layout: Layout): Entry {
	const { columns } = layout;
	const count = (column: Column) => countAt(row, columns[column], shownName(column));
	const some = (column: Column) => (cellAt(row, columns[column]) === '' ? null : count(column));
	const [registered, voters, valid] = [count('registered'), count('voters'), count('valid')];
	const blank = some('blank');
	const left = blank === null ? null : Math.max(0, voters - blank - valid);
	const spoilt = columns.spoilt === undefined ? left : some('spoilt');
	return { line: row.line, ...placeOf(row, layout), registered, voters, blank, spoilt, valid, voices: [] };
}
