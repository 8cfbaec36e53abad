import { asSystem, read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Choice, choicesOf } from './check/context.ts';
import { columnsOf, type Import, type Line, type Plan } from './model.ts';
import { imports, launched } from './policy.ts';
import { absent } from './run/lapse.ts';

/** The viewer's imports, latest first; those thrown away apart. */
export const myImports = (viewer: Viewer): Promise<(Import & { unit: string })[]> =>
	read(viewer, (tx) =>
		tx.many(sql`
	select ${columnsOf}, unit.name as unit from imports.import join territory.unit on unit.id = import.unit_id
	where ${imports.see(viewer)} and import.state <> 'dropped' order by import.created_at desc limit 20`),
	);

/** One import of the viewer's. Throws NotFound. */
export const showImport = (viewer: Viewer, id: string): Promise<Import & { unit: string }> =>
	read(viewer, async (tx) => {
		const one = await tx.one<
			Import & { unit: string }
		>(sql`select ${columnsOf}, unit.name as unit from imports.import
		join territory.unit on unit.id = import.unit_id where import.id = ${id}::uuid and import.state <> 'dropped' and ${imports.see(viewer)}`);
		if (!one) throw notFound();
		return one;
	});

/** What became of an import. Its columns and choices quote the file: they stay with who sent it. */
export type Followed = Import & { unit: string; mine: boolean };

const followed = (
	viewer: Viewer,
) => sql`select ${columnsOf}, '[]'::jsonb as columns, '[]'::jsonb as choices, unit.name as unit,
	import.by_id is not distinct from ${viewer.id}::uuid as mine
	from imports.import join territory.unit on unit.id = import.unit_id where import.state <> 'dropped' and ${launched.see(viewer)}`;

/** Imports that others launched and nobody of them may undo any more, as long as they can be undone by the viewer. */
export const leftBehind = (viewer: Viewer): Promise<Followed[]> =>
	read(viewer, (tx) =>
		tx.many(sql`${followed(viewer)} and import.by_id is distinct from ${viewer.id}::uuid
			and (import.state in ('running', 'undoing') or import.undo_until > now()) order by import.created_at desc limit 20`),
	);

/** How far an import is, and what it did: for whoever answers for it today. Throws NotFound. */
export const followImport = (viewer: Viewer, id: string): Promise<Followed> =>
	read(viewer, async (tx) => {
		const one = await tx.one<Followed>(sql`${followed(viewer)} and import.id = ${id}::uuid`);
		if (!one) throw notFound();
		return one;
	});

/** The address of the step where an import stands. */
export const stepOf = ({ id, state }: Pick<Import, 'id' | 'state'>) => {
	const step =
		{ uploaded: 'colonnes', mapped: 'corrections', checked: 'corrections' }[state as 'uploaded'] ?? 'suivi';
	return `/membres/importer/${id}/${step}`;
};

/** One kind of problem: on how many lines, how many of them have a correction, and the first one. */
export interface ProblemGroup {
	code: string;
	lines: number;
	fixable: number;
	refused: boolean;
	example: { line: number; given: string; fix: string | null };
}

/** What is left to decide before an import is launched. */
export const problemsOf = (viewer: Viewer, id: string): Promise<ProblemGroup[]> =>
	reading(viewer, id, (tx) =>
		tx.many(sql`
	select problem->>'code' as code, count(distinct line.line)::int as lines, count(distinct line.line) filter (where problem->>'fix' is not null)::int as fixable,
		bool_or(problem->>'otherwise' = 'refused') as refused,
		(array_agg(jsonb_build_object('line', line.line, 'given', problem->>'given', 'fix', problem->>'fix') order by problem->>'fix' is null, line.line))[1] as example
	from imports.line cross join lateral jsonb_array_elements(line.problems) as problem
	where line.import_id = ${id}::uuid and line.state <> 'ready' and not line.skipped
	group by 1 order by refused desc, lines desc`),
	);

export interface DoubtPage {
	lines: Line[];
	/** Line after which the next page starts. */
	next: number | null;
}

const PAGE = 10;

/** Lines with something to decide, ten at a time, of one kind of problem or all. */
export const doubtfulLines = (
	viewer: Viewer,
	id: string,
	{ code, after }: { code: string | null; after: number },
): Promise<DoubtPage> =>
	reading(viewer, id, async (tx) => {
		const about = code ? sql`line.problems @> ${JSON.stringify([{ code }])}::jsonb` : sql`true`;
		const rows =
			await tx.many<Line>(sql`select line.line, line.cells, line.problems, line.state, line.skipped from imports.line
		where line.import_id = ${id}::uuid and line.state <> 'ready' and line.line > ${after} and ${about} order by line.line limit ${PAGE + 1}`);
		const lines = rows.slice(0, PAGE);
		return { lines, next: rows.length > PAGE ? lines.at(-1)!.line : null };
	});

/** How many lines are ready, to be checked, left out; and what launching will do. */
export interface Preview {
	ready: number;
	doubt: number;
	refused: number;
	skipped: number;
	plans: Record<Plan, number>;
	withoutEmail: number;
	/** Members of the unit whom the file does not name. */
	absent: number;
}

export const preview = async (viewer: Viewer, id: string): Promise<Preview> => {
	const [counts, one] = await reading(
		viewer,
		id,
		async (tx) =>
			[
				await countLines(tx, id),
				await tx.one<Import>(sql`select ${columnsOf} from imports.import where import.id = ${id}::uuid`),
			] as const,
	);
	// The right is known by now; whom the file leaves out is counted, not named, and the house alone reads all memberships.
	const missing =
		one?.kind === 'members'
			? await asSystem('imports', (tx) =>
					tx.one<{ n: number }>(
						sql`select count(distinct missing.id)::int as n from (${absent(one)}) as missing`,
					),
				)
			: undefined;
	return { ...counts, absent: missing?.n ?? 0 };
};

async function countLines(tx: Tx, id: string): Promise<Omit<Preview, 'absent'>> {
	const go = sql`not line.skipped and line.value is not null`;
	const plans = sql.join(
		(['create', 'update', 'same', 'elsewhere'] as const).map(
			(plan) => sql`${sql.lit(plan)}, count(*) filter (where ${go} and line.plan = ${sql.lit(plan)})`,
		),
	);
	return (await tx.one<
		Omit<Preview, 'absent'>
	>(sql`select count(*) filter (where line.state = 'ready' and not line.skipped)::int as ready,
		count(*) filter (where line.state = 'doubt' and not line.skipped)::int as doubt, count(*) filter (where line.state = 'refused' and not line.skipped)::int as refused,
		count(*) filter (where line.skipped)::int as skipped, jsonb_build_object(${plans}) as plans,
		count(*) filter (where ${go} and line.value->>'email' is null)::int as "withoutEmail"
		from imports.line where line.import_id = ${id}::uuid`))!;
}

/** What the values of the column of choices may become. */
export const choices = (viewer: Viewer, kind: Import['kind']): Promise<Choice[]> =>
	read(viewer, (tx) => choicesOf(tx, kind));

/** Lines that did not go in, with why: for the file of errors. */
export const refusedLines = (viewer: Viewer, id: string) =>
	reading(viewer, id, (tx) =>
		tx.many<Pick<Line, 'line' | 'cells' | 'problems'>>(sql`
	select line.line, line.cells, line.problems from imports.line where line.import_id = ${id}::uuid
		and (line.state <> 'ready' or line.skipped or line.outcome = 'refused') order by line.line limit 100000`),
	);

/** Reads what is of an import in one transaction, for who may see it. Throws NotFound. */
export async function reading<T>(viewer: Viewer, id: string, work: (tx: Tx) => Promise<T>): Promise<T> {
	return read(viewer, async (tx) => {
		const seen = await tx.one(
			sql`select 1 as seen from imports.import where import.id = ${id}::uuid and ${imports.see(viewer)}`,
		);
		if (!seen) throw notFound();
		return work(tx);
	});
}

/** Whether no commune is known at all, so that each one that a list names is unknown: the territory was not laid. */
export const isGroundBare = (viewer: Viewer): Promise<boolean> =>
	read(
		viewer,
		async (tx) =>
			!(await tx.one(sql`select 1 as there from territory.zone where zone.kind = 'commune' limit 1`)),
	);
