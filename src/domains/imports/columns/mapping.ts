import {
	type ColumnGuess,
	type Field,
	type FieldOf,
	type FileKind,
	type ForbiddenSubject,
	MEMBER_FIELDS,
	type Reason,
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
	const isChosen = ([, field]: [number, string | null]): boolean => field !== null;
	const choices = [...chosen.entries()].filter(isChosen).map(([column, field]) => ({
		column,
		field: field as Field,
		problem: choiceProblem(kind, column, field ?? '', guesses[column]?.reason),
	}));
	const columns = Map.groupBy(
		choices.filter(({ problem }) => !problem),
		({ field }) => field,
	);
	const problems = choices.flatMap(({ problem }) => problem ?? []);
	for (const [field, places] of columns)
		if (places.length > 1)
			problems.push({ code: 'field_twice', field, columns: places.map(({ column }) => column) });
	const needed: Field[] = kind === 'members' ? ['familyName', 'fullName'] : ['name'];
	if (!needed.some((field) => columns.has(field))) problems.push({ code: 'field_missing', oneOf: needed });
	if (problems.length > 0) return { ok: false, problems };
	const places = Object.fromEntries([...columns].map(([field, [choice]]) => [field, choice?.column]));
	return { ok: true, mapping: { columns: places } as unknown as Mapping<K> };
}

function choiceProblem(
	kind: FileKind,
	column: number,
	field: string,
	reason?: Reason,
): MappingProblem | null {
	const known: readonly string[] = kind === 'members' ? MEMBER_FIELDS : UNIT_FIELDS;
	if (reason?.code === 'forbidden') return { code: 'forbidden_column', column, subject: reason.subject };
	return reason && known.includes(field) ? null : { code: 'unknown_field', column };
}

/** The text of a field on a line; empty when the file has no such column or the line is short. */
export function cellOf<K extends FileKind>(
	cells: readonly string[],
	mapping: Mapping<K>,
	field: FieldOf<K>,
): string {
	const column = mapping.columns[field];
	return column === undefined ? '' : (cells[column] ?? '');
}
