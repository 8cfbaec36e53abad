import * as v from 'valibot';
import { formVerb, type Operation, operation } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { fileFrom, fileText } from '#platform/files/sent.ts';
import { runningApi } from './api-run.ts';
import { doubtfulLines, myImports, preview, problemsOf, showImport } from './queries.ts';
import { ColumnsForm, chooseColumns, fieldsOf, keepColumns } from './steps/columns.ts';
import { FixForm, fixAll, fixLine, LineForm, mapValues, ValuesForm } from './steps/correct.ts';
import { openProposals } from './steps/proposals.ts';
import { StartForm, scopesOf, startImport } from './steps/start.ts';

const base = '/api/v1/imports';
const one = `${base}/[id]`;
const sees = { gate: 'app:imports', rule: 'imports.import.see', scope: 'imports' } as const;
// Who reads how far an import is does not thereby write one.
const writes = { ...sees, scope: 'imports:write' } as const;
const prepares = { ...writes, rule: 'imports.import.prepare' } as const;

const done = v.object({ id: v.string() });
const changed = v.object({ lines: v.number() });
const listed = v.object({
	...done.entries,
	kind: v.string(),
	unit: v.string(),
	state: v.string(),
	created_at: v.string(),
});
const isTrue = v.optional(v.boolean('app.invalid_value'), false);
const number = (max: number) =>
	v.pipe(v.string(), v.regex(/^\d{1,7}$/, 'app.invalid_value'), v.maxLength(max));
const doubt = v.object({
	...{ field: v.string(), code: v.string(), given: v.string(), fix: v.nullable(v.string()) },
	otherwise: v.picklist(['as_written', 'without', 'refused']),
});

/** A file comes in, and its columns are understood. */
const opening: Record<string, Operation> = {
	[`GET ${base}`]: operation({
		...sees,
		summary: 'Where one may import, one’s own imports, and people that other files hold for one’s territory',
		input: v.object({}),
		output: v.object({
			scopes: v.array(
				v.object({ id: v.string(), name: v.string(), members: v.boolean(), units: v.boolean() }),
			),
			imports: v.array(listed),
			proposals: v.array(v.object({ ...done.entries, unit: v.string(), from: v.string(), name: v.string() })),
		}),
		act: async (viewer) => ({
			scopes: await scopesOf(viewer),
			imports: await myImports(viewer),
			proposals: await openProposals(viewer),
		}),
	}),
	[`POST ${base}`]: operation({
		gate: 'app:imports',
		scope: 'imports:write',
		rate: 'upload',
		audit: true,
		summary:
			'Send a member file or a list of units: its bytes in base64 with a name, or its cells as text; nothing is written yet',
		status: 201,
		input: v.strictObject({
			...v.pick(StartForm, ['kind', 'unit', 'pasted']).entries,
			file: v.optional(fileText('imports.file_missing'), ''),
			name: v.optional(v.pipe(v.string(), v.maxLength(120, 'app.invalid_value')), ''),
		}),
		output: done,
		act: async (viewer, { file, name, ...input }) => ({
			id: await startImport(viewer, { ...input, file: fileFrom(file, name) }),
		}),
	}),
	[`GET ${one}/columns`]: operation({
		...sees,
		summary: 'The columns of the file as they were understood, and what each may become',
		input: v.object({}),
		output: v.object({
			columns: v.array(
				v.object({ header: v.string(), field: v.nullable(v.string()), examples: v.array(v.string()) }),
			),
			fields: v.array(v.string()),
		}),
		act: async (viewer, _input, { id }) => {
			const { columns, kind } = await showImport(viewer, id!);
			return { columns, fields: fieldsOf(kind).map(({ field }) => field) };
		},
	}),
	[`PUT ${one}/columns`]: formVerb(
		{
			...prepares,
			summary: 'Say what each column is, in their order, empty for nothing; the lines are then read',
		},
		ColumnsForm,
		(viewer, id, { field }) => chooseColumns(viewer, id, field),
	),
	[`PUT ${one}/columns/draft`]: formVerb(
		{ ...prepares, summary: 'Keep what was chosen so far, right or wrong, for another day' },
		ColumnsForm,
		(viewer, id, { field }) => keepColumns(viewer, id, field),
	),
};

/** What is doubtful is corrected. */
const correcting: Record<string, Operation> = {
	[`GET ${one}/problems`]: operation({
		...sees,
		summary: 'What is left to decide, by kind of problem; then those lines, ten at a time',
		input: v.object({
			code: v.optional(FixForm.entries.code),
			after: v.optional(number(7), '0'),
		}),
		output: v.object({
			groups: v.array(
				v.object({ code: v.string(), lines: v.number(), fixable: v.number(), refused: v.boolean() }),
			),
			lines: v.array(v.object({ line: v.number(), cells: v.array(v.string()), problems: v.array(doubt) })),
			next: v.nullable(v.number()),
		}),
		act: async (viewer, { code = null, after }, { id }) => ({
			groups: await problemsOf(viewer, id!),
			...(await doubtfulLines(viewer, id!, { code, after: Number(after) })),
		}),
	}),
	[`POST ${one}/fixes`]: operation({
		...prepares,
		summary: 'Accept every correction proposed for one kind of problem; says how many lines changed',
		input: v.strictObject(FixForm.entries),
		output: changed,
		act: async (viewer, input, { id }) => ({ lines: await fixAll(viewer, id!, input) }),
	}),
	[`PUT ${one}/lines/[line]`]: formVerb(
		{ ...prepares, summary: 'Correct cells of one line, named by their columns, or leave the line out' },
		{
			entries: {
				column: v.optional(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999))), []),
				cells: v.optional(LineForm.entries.cells, []),
				skip: isTrue,
			},
		},
		(viewer, id, { skip, ...input }, { line }) => {
			if (!/^\d{1,7}$/.test(line ?? '')) throw notFound();
			return fixLine(viewer, id, { ...input, line: Number(line), ...(skip && { skip: 'on' }) });
		},
	),
	[`PUT ${one}/values`]: operation({
		...prepares,
		summary: 'Say what each value of the column of choices becomes, in their order; `-` for nothing',
		input: v.strictObject(ValuesForm.entries),
		output: changed,
		act: async (viewer, input, { id }) => ({ lines: await mapValues(viewer, id!, input) }),
	}),
	[`GET ${one}/preview`]: operation({
		...sees,
		summary: 'What would happen, counted: who is new, changed, the same, of elsewhere, and who is left out',
		input: v.object({}),
		output: v.object({
			...{ ready: v.number(), doubt: v.number(), refused: v.number(), skipped: v.number() },
			...{ plans: v.record(v.string(), v.number()), withoutEmail: v.number(), absent: v.number() },
		}),
		act: (viewer, _input, { id }) => preview(viewer, id!),
	}),
};

/** Each step of an import, as its pages do it, for programs. */
export const stepsApi: Record<string, Operation> = { ...opening, ...correcting, ...runningApi };
