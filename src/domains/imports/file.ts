import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { asSystem, type Tx } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { store } from '#platform/files/keep.ts';
import { giveUp } from '#platform/files/leave.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { checkLines, type Progress } from './check/run.ts';
import { type FileKind, foldHeader } from './columns/index.ts';
import { type Counts, columnsOf, type Import } from './model.ts';
import { openSent } from './opened.ts';
import { work } from './run/engine.ts';
import { BYTES_MAX } from './source.ts';
import { mapColumns } from './steps/columns.ts';
import { begin } from './steps/launch.ts';
import { keepImport, scopeFor } from './steps/start.ts';

/** A file to import in one go, from a command. */
export interface FileToImport {
	kind: FileKind;
	path: string;
	/** The unit it is for; the root unless told. */
	unit?: string;
	/** Header of the file → field, where the guess is not right; '' drops the column. */
	mapping?: Record<string, string>;
	/** Members who are not in the file lapse. */
	lapse?: boolean;
	/** Reads and plans, writes nobody. */
	dry?: boolean;
	/** Told of each batch. */
	onProgress?: (at: { stage: 'read' | 'write'; done: number; total: number }) => void;
}

/** What became of it. */
export interface ImportReport {
	id: string;
	kind: FileKind;
	lines: number;
	/** Columns that were understood, and those dropped because we never ask for that. */
	columns: Record<string, string | null>;
	dropped: string[];
	counts: Counts;
	/** Up to a hundred problems, with their line in the file. */
	problems: { line: number; field: string; code: string; given: string }[];
	seconds: number;
}

/**
 * Imports a file whole: as an officer (their powers hold) or, with null, as the house. Problems take their default:
 * what cannot be read is left out and reported. Throws NotFound, Invalid.
 */
export async function importFile(
	viewer: Viewer | null,
	{ kind, path, unit = '', mapping = {}, lapse = false, dry = false, onProgress = () => {} }: FileToImport,
): Promise<ImportReport> {
	const start = performance.now();
	const found = await stat(path).catch(() => {
		throw invalidField('file', 'imports.file_missing');
	});
	if (found.size > BYTES_MAX)
		throw invalidField('file', 'imports.file_is_too_large', { limit: BYTES_MAX / 1024 / 1024 });
	const unitId = viewer
		? (await scopeFor(viewer, kind, unit)).id
		: await asSystem('imports', (tx) => unitFor(tx, unit));
	const opened = await openSent(kind, await readFile(path), basename(path), new Map());
	const stored = await store().put(opened.bytes, BYTES_MAX);
	const keeping = asSystem('imports', async (tx) => {
		const importId = await keepImport(tx, viewer?.id ?? null, kind, unitId, opened, stored.id);
		const said = new Map(Object.entries(mapping).map(([header, field]) => [foldHeader(header), field]));
		await mapColumns(
			tx,
			importId,
			opened.columns.map(({ header, field }) => said.get(foldHeader(header)) ?? field ?? ''),
		);
		return importId;
	});
	const id = await keeping.finally(() => giveUp(stored.id));
	await checkLines('house', id, progressOf('read', onProgress));
	if (!dry) await run(id, lapse, viewer?.id ?? null, progressOf('write', onProgress));
	return report(id, (performance.now() - start) / 1000);
}

const progressOf =
	(stage: 'read' | 'write', onProgress: NonNullable<FileToImport['onProgress']>): Progress =>
	(done, total) =>
		onProgress({ stage, done, total });

async function unitFor(tx: Tx, code: string): Promise<string> {
	const one = await tx.one<{ id: string }>(
		code
			? sql`select id from territory.unit where code = ${code} or id::text = ${code}`
			: sql`select id from territory.unit where parent_id is null and closed_at is null order by created_at limit 1`,
	);
	if (!one) throw notFound();
	return one.id;
}

async function run(id: string, lapse: boolean, byId: string | null, progress: Progress): Promise<void> {
	await asSystem('imports', (tx) => begin(tx, id, lapse, byId));
	while (!(await work('house', id, progress))) await new Promise((resolve) => setTimeout(resolve, 500));
}

const report = (id: string, seconds: number): Promise<ImportReport> =>
	asSystem('imports', async (tx) => {
		const one = (await tx.one<Import>(
			sql`select ${columnsOf} from imports.import where import.id = ${id}::uuid`,
		))!;
		const problems = await tx.many<ImportReport['problems'][number]>(sql`
		select line.line, problem->>'field' as field, problem->>'code' as code, problem->>'given' as given
		from imports.line cross join lateral jsonb_array_elements(line.problems) as problem where line.import_id = ${id}::uuid order by line.line limit 100`);
		const field = (at: number) =>
			Object.entries(one.mapping ?? {}).find(([, column]) => column === at)?.[0] ?? null;
		return {
			id,
			kind: one.kind as FileKind,
			lines: one.reading.lines,
			columns: Object.fromEntries(one.columns.map(({ header, column }) => [header, field(column)])),
			dropped: one.columns.filter(({ reason }) => reason.code === 'forbidden').map(({ header }) => header),
			counts: one.counts,
			problems,
			seconds: Math.round(seconds * 10) / 10,
		};
	});
