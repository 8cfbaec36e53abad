import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import type { Import } from './model.ts';
import { followImport } from './queries.ts';

/** An import as the API shows it: where it stands, never a line of it. */
export const ImportView = v.object({
	id: v.string(),
	kind: v.picklist(['units', 'members', 'territory']),
	unit: v.string(),
	state: v.string(),
	done: v.number(),
	total: v.number(),
	counts: v.record(v.string(), v.number()),
	created_at: v.string(),
	finished_at: v.nullable(v.string()),
	undo_until: v.nullable(v.string()),
});
export type ImportView = v.InferOutput<typeof ImportView>;

export const api: Record<string, Operation> = {
	'GET /api/v1/imports/[id]': operation({
		gate: 'app:imports',
		rule: 'imports.launched.see',
		scope: 'imports',
		summary: 'How far an import is',
		input: v.object({}),
		output: ImportView,
		act: (viewer, _, { id }): Promise<Import> => followImport(viewer, id!),
	}),
};
