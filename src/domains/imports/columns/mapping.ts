import {
	type ColumnGuess,
	type Field,
	type FieldOf,
	type FileKind,
	type ForbiddenSubject,
	MEMBER_FIELDS,
	UNIT_FIELDS,
} from './fields.ts';

declare const checked: unique symbol;

/** Where each field is, checked by `checkMapping`: there is no other way to make one. Columns count from 0. */
export type Mapping<K extends FileKind = FileKind> = {
	readonly columns: Readonly<Partial<Record<FieldOf<K>, number>>>;
	readonly [checked]: K;
};

export type MappingProblem =
	| { code: 'forbidden_column'; column: number; subject: ForbiddenSubject }
	| { code: 'unknown_field'; column: number }
	| { code: 'field_twice'; field: Field; columns: number[] }
	/** One of these fields is needed. */
	| { code: 'field_missing'; oneOf: Field[] };

/**
 * Accepts what a person chose for each column, or says what is wrong.
 * @param guesses as `recognise` gave them for this file: they hold what is forbidden
 * @param chosen a field or null for each column
 */
export function checkMapping<K extends FileKind>(
	kind: K,
	guesses: readonly ColumnGuess[],
	chosen: readonly (string | null)[],
): { ok: true; mapping: Mapping<K> } | { ok: false; problems: MappingProblem[] } {
	const known: readonly string[] = kind === 'members' ? MEMBER_FIELDS : UNIT_FIELDS;
	const problems: MappingProblem[] = [];
	const columns = new Map<Field, number[]>();
	for (const [column, field] of chosen.entries()) {
		if (field === null) continue;
		const reason = guesses[column]?.reason;
		if (reason?.code === 'forbidden') problems.push({ code: 'forbidden_column', column, subject: reason.subject });
		else if (!reason || !known.includes(field)) problems.push({ code: 'unknown_field', column });
		else columns.set(field as Field, [...(columns.get(field as Field) ?? []), column]);
	}
	for (const [field, places] of columns) if (places.length > 1) problems.push({ code: 'field_twice', field, columns: places });
	const needed: Field[] = kind === 'members' ? ['familyName', 'fullName'] : ['name'];
	if (!needed.some((field) => columns.has(field))) problems.push({ code: 'field_missing', oneOf: needed });
	if (problems.length > 0) return { ok: false, problems };
	const places = Object.fromEntries([...columns].map(([field, [column]]) => [field, column]));
	return { ok: true, mapping: { columns: places } as unknown as Mapping<K> };
}

/** The text of a field on a line; empty when the file has no such column or the line is short. */
export function cellOf<K extends FileKind>(cells: readonly string[], mapping: Mapping<K>, field: FieldOf<K>): string {
	const column = mapping.columns[field];
	return column === undefined ? '' : (cells[column] ?? '');
}
