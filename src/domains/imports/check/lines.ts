import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { MemberLine } from '../columns/index.ts';
import { type Import, type Line, stateOf } from '../model.ts';
import { type Match, matchLines } from './match.ts';
import type { UnitFinder } from './units.ts';

/** A line of people with what becomes of it, and whose officers decide when it is about another territory. */
export type PlannedMember = Line<MemberLine> & { elsewhere: string | null };

/** Lines with what the network already knows of them: found, new, or somebody else's. Runs as the house. */
export async function planMembers(
	tx: Tx,
	units: UnitFinder,
	lines: readonly Line<MemberLine>[],
): Promise<PlannedMember[]> {
	const matches = await matchLines(tx, units, lines);
	return lines.map((line) => planned(line, matches.get(line.line)));
}

function planned(line: Line<MemberLine>, match: Match | undefined): PlannedMember {
	if (!match || !line.value) return { ...line, plan: null, elsewhere: null };
	const { plan, elsewhere, dropEmail } = match;
	const problems = [...line.problems.filter(({ code }) => !matchCodes.has(code)), ...match.problems];
	const value = dropEmail ? { ...line.value, email: null } : line.value;
	const subject_id = plan === 'create' ? (line.subject_id ?? newId()) : match.subjectId;
	const state = stateOf(problems);
	// It stays outside, whatever was understood of it: it is in no figure and no batch until it is corrected.
	if (!plan || state === 'refused')
		return { ...line, value: null, problems, state, plan: null, subject_id, elsewhere: null };
	return { ...line, value, problems, state, plan, subject_id, elsewhere };
}

const matchCodes = new Set(['number_of_other', 'email_of_other', 'person_left']);

/** Writes lines of an import, as read and planned; those already there are replaced. */
export const writeLines = (tx: Tx, one: Pick<Import, 'id'>, lines: readonly Line[]) =>
	tx.run(sql`
	insert into imports.line (import_id, line, cells, value, problems, state, unit_id, subject_id, plan, key, hash, rank)
	select ${one.id}::uuid, given.line, given.cells, nullif(given.value, 'null'::jsonb), given.problems, given.state, given.unit_id, given.subject_id, given.plan, given.key, given.hash, given.rank
	from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (line int, cells jsonb, value jsonb, problems jsonb, state text,
		unit_id uuid, subject_id uuid, plan text, key text, hash text, rank int)
	on conflict (import_id, line) do update set cells = excluded.cells, value = excluded.value, problems = excluded.problems, state = excluded.state,
		unit_id = excluded.unit_id, subject_id = excluded.subject_id, plan = excluded.plan, key = excluded.key, hash = excluded.hash, rank = excluded.rank
	where line.applied_at is null`);

/** Lines of an import as they were kept. */
export const readLines = <V>(tx: Tx, id: string, where = sql`true`, limit = 1_000_000) =>
	tx.many<Line<V>>(sql`
	select line.line, line.cells, line.value, line.problems, line.state, line.skipped, line.unit_id, line.subject_id, line.plan, line.key, line.hash, line.rank
	from imports.line where line.import_id = ${id}::uuid and ${where} order by line.rank, line.line limit ${limit}`);
