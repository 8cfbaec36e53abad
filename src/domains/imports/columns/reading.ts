import { restoreFormula } from '#platform/table/index.ts';
import type { Field } from './fields.ts';
import { foldText } from './fold.ts';

export type ProblemCode =
	| 'name_missing'
	| 'name_order'
	| 'name_not_a_name'
	| 'name_mixed_scripts'
	| 'text_too_long'
	| 'text_broken'
	| 'email_format'
	| 'email_typo'
	| 'phone_format'
	| 'phone_special'
	| 'postcode_format'
	| 'commune_code_format'
	| 'date_format'
	| 'date_impossible'
	| 'date_order'
	| 'date_future'
	| 'date_too_old'
	| 'number_spoilt'
	| 'value_unmapped'
	| 'website_format';

/** What a line becomes when the person does not correct: the value as written, no value, or no line at all. */
export type Otherwise = 'as_written' | 'without' | 'refused';

/** Something to decide about one field of a line. `fix`, put in the cell, makes the problem go away. */
export type FieldProblem<F extends Field = Field> = {
	field: F;
	code: ProblemCode;
	given: string;
	fix: string | null;
	otherwise: Otherwise;
};

/** One value read from a cell: null when there is none. */
export type Reading<T> = { value: T | null; problem?: Omit<FieldProblem, 'field' | 'given'> };

/** A finding about a value that stays as written unless corrected. */
export function doubt<T>(value: T, code: ProblemCode, fix: string | null): Reading<T> {
	return { value, problem: { code, fix, otherwise: 'as_written' } };
}

/** A finding about a value that cannot be kept. */
export function unreadable<T>(code: ProblemCode, fix: string | null = null): Reading<T> {
	return { value: null, problem: { code, fix, otherwise: 'without' } };
}

const NOTHING = new Set([
	'',
	'nc',
	'n c',
	'na',
	'n a',
	'neant',
	'null',
	'none',
	'nan',
	'undefined',
	'ref',
	'nr',
	'inconnu',
	'inconnue',
	'vide',
	'aucun',
	'aucune',
	'sans',
]);
const LONGEST = 200;

/** The text of a cell made clean. What only says "nothing" is empty. */
export function cleanText(cell: string): string {
	const text = tidyText(cell);
	return text.length <= 12 && NOTHING.has(foldText(text)) ? '' : text;
}

/**
 * Composed accents, no control or direction sign, single spaces, without the apostrophe that guards exports
 * from formulas. Every word is kept: there are people called Null.
 */
export function tidyText(cell: string): string {
	const text = restoreFormula(cell)
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Zs}\u2028\u2029]+/gu, ' ')
		.replace(/[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
		.replace(/ {2,}/g, ' ')
		.trim();
	return /[\p{L}\p{N}\ufffd]/u.test(text) ? text : '';
}

/** A text kept as it is: numbers keep their zeros. */
export function readText(cell: string): Reading<string> {
	const text = cleanText(cell);
	if (text.length > LONGEST) return unreadable('text_too_long', text.slice(0, LONGEST));
	return { value: text || null };
}

/** A number of member or unit, kept as text; a spreadsheet may have spoilt a long one (6,12E+08). */
export function readNumberText(cell: string): Reading<string> {
	const text = cleanText(cell);
	if (/^\d([.,]\d+)?e\+\d+$/i.test(text)) return unreadable('number_spoilt');
	// The apostrophe that keeps the zeros of a number in a spreadsheet is not of it.
	return readText(text.replace(/^'(?=\d)/, '').replace(/^(\d+)[.,]0+$/, '$1'));
}
