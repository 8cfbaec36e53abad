import type { Field, FieldOf, FileKind } from './fields.ts';
import type { Mapping } from './mapping.ts';
import type { FieldProblem, Reading } from './reading.ts';

/** A line read whole: sound, or with what is left to decide and what it becomes if nobody decides. */
export type LineReading<V, F extends Field> =
	| { ok: true; value: V }
	/** `otherwise` is null when the line cannot be imported without a correction. */
	| { ok: false; problems: FieldProblem<F>[]; otherwise: V | null };

/** Gathers the readings of a line. */
export function gather<F extends Field>() {
	const problems: FieldProblem<F>[] = [];
	return {
		take<T>(field: F, given: string, { value, problem }: Reading<T>): T | null {
			if (problem) problems.push({ ...problem, field, given });
			return value;
		},
		add(problem: FieldProblem<F>): void {
			problems.push(problem);
		},
		/** Whether this field already keeps the line out. */
		refuses: (field: F): boolean =>
			problems.some((one) => one.field === field && one.otherwise === 'refused'),
		finish<V>(value: V): LineReading<V, F> {
			if (problems.length === 0) return { ok: true, value };
			const refused = problems.some(({ otherwise }) => otherwise === 'refused');
			return { ok: false, problems, otherwise: refused ? null : value };
		},
	};
}

/** The cells of a line once the proposed corrections are accepted; what has no correction stays as written. */
export function withFixes<K extends FileKind>(
	cells: readonly string[],
	mapping: Mapping<K>,
	problems: readonly FieldProblem<FieldOf<K>>[],
): string[] {
	const fixed = [...cells];
	for (const { field, fix } of problems) {
		const column = mapping.columns[field];
		if (column !== undefined && fix !== null) fixed[column] = fix;
	}
	return fixed;
}
