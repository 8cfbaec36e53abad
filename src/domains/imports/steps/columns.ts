import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { conflict, invalid } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import {
	checkMapping,
	type FileKind,
	foldHeader,
	type MappingProblem,
	MEMBER_FIELDS,
	UNIT_FIELDS,
} from '../columns/index.ts';
import { hold, type Import } from '../model.ts';
import { imports } from '../policy.ts';
import { remember } from './remember.ts';

/** Says what each column becomes ('' for nothing), remembers it, and has every line read. Throws NotFound, Invalid, Conflict. */
export const chooseColumns = (viewer: Viewer, id: string, chosen: readonly string[]) =>
	write(viewer, async (tx) => {
		await imports.guard(tx, viewer, 'prepare', id);
		await mapColumns(tx, id, chosen);
		await enqueue(tx, 'imports.check', { id });
	});

/** The same once the right is known; the caller has the lines read. */
export async function mapColumns(tx: Tx, id: string, chosen: readonly string[]): Promise<void> {
	const one = (await hold(tx, id))!;
	if (!['uploaded', 'mapped', 'checked'].includes(one.state)) throw conflict('imports.already_launched');
	const fields = one.columns.map((_, at) => chosen[at] || null);
	const checked = checkMapping(one.kind as FileKind, one.columns, fields);
	if (!checked.ok) throw invalid(checked.problems.map((problem) => fieldOf(problem)));
	await remember(
		tx,
		one.kind,
		'',
		one.columns.map(({ header }, at) => ({ folded: foldHeader(header), meaning: fields[at] ?? null })),
	);
	await tx.run(sql`delete from imports.line where import_id = ${id}::uuid`);
	await tx.run(sql`update imports.import set mapping = ${JSON.stringify(checked.mapping.columns)}::jsonb, choices = '[]', state = 'mapped', done = 0,
		tries = 0, started_at = now(), beat_at = now(), problem = null where id = ${id}::uuid`);
}

// words: imports.mapping_*
function fieldOf(problem: MappingProblem) {
	const key = `imports.mapping_${problem.code}`;
	if (problem.code === 'field_missing') return { field: 'columns', key };
	if (problem.code === 'field_twice') return { field: `column-${problem.columns.at(-1)}`, key };
	return { field: `column-${problem.column}`, key };
}

export const ColumnsForm = v.object({
	field: v.array(v.pipe(v.string(), v.maxLength(40, 'imports.mapping_unknown_field'))),
});

/** A field a column may become, and the end of the key of its name (`imports.field_*`). */
export interface FieldChoice {
	field: string;
	word: string;
}

/** The key of a field's name: `familyName` is said by `imports.field_family_name`. */
export const wordOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The fields a column of this kind of file may become. */
export const fieldsOf = (kind: Import['kind']): FieldChoice[] =>
	(kind === 'units' ? UNIT_FIELDS : MEMBER_FIELDS).map((field) => ({ field, word: wordOf(field) }));

/**
 * Keeps what was chosen so far, right or wrong, to go on another day. Lines already read with other columns will be read anew.
 * Throws NotFound, Conflict.
 */
export const keepColumns = (viewer: Viewer, id: string, chosen: readonly string[]) =>
	write(viewer, async (tx) => {
		await imports.guard(tx, viewer, 'prepare', id);
		const one = (await hold(tx, id))!;
		if (one.state !== 'uploaded' && one.state !== 'checked') throw conflict('imports.already_launched');
		if (one.state === 'checked' && isSameChoice(one, chosen)) return;
		const known = fieldsOf(one.kind).map(({ field }) => field);
		const columns = one.columns.map((column, at) =>
			column.reason.code === 'forbidden'
				? column
				: { ...column, field: known.includes(chosen[at] ?? '') ? chosen[at] : null },
		);
		await tx.run(sql`delete from imports.line where import_id = ${id}::uuid`);
		await tx.run(sql`update imports.import set columns = ${JSON.stringify(columns)}::jsonb, state = 'uploaded', mapping = null
			where id = ${id}::uuid`);
	});

const isSameChoice = ({ columns, mapping }: Import, chosen: readonly string[]) =>
	columns.every((_, at) => (mapping?.[chosen[at] ?? ''] ?? -1) === (chosen[at] ? at : -1));
