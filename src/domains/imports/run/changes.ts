import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';

/** What was before an import touched somebody or something; null when it made it. */
export interface Before {
	/** As the domain that owns it keeps it. */
	row: Record<string, unknown>;
	/** Where the file says a person belongs; the unit they were attached to for that, and those they left for it. */
	stands?: string | null;
	joins?: string | null;
	leaves?: string[];
	known: { key: string; hash: string }[];
}

/** Writes down what is about to change. */
export const rememberBefore = (
	tx: Tx,
	importId: string,
	subject: 'person' | 'unit',
	changes: readonly { id: string; before: Before | null }[],
) =>
	tx.run(sql`
	insert into imports.change (import_id, subject, subject_id, before)
	select ${importId}::uuid, ${subject}, given.id, nullif(given.before, 'null'::jsonb)
	from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given (id uuid, before jsonb)`);

/** What the last file said of each of these. */
export async function knownOf(
	tx: Tx,
	ids: readonly string[],
): Promise<Map<string, { key: string; hash: string }[]>> {
	const rows = await tx.many<{ subject_id: string; key: string; hash: string }>(sql`
		select subject_id, key, hash from imports.known where subject_id = any (${list(ids, 'uuid')})`);
	return Map.groupBy(rows, ({ subject_id }) => subject_id) as Map<string, { key: string; hash: string }[]>;
}

interface Said {
	key: string | null;
	hash: string | null;
	subject_id: string | null;
}

/** Keeps what this file said, for the next one to change the difference only. */
export const keepKnown = (tx: Tx, kind: 'units' | 'members', lines: readonly Said[]) =>
	tx.run(sql`
	insert into imports.known (key, kind, subject_id, hash)
	select distinct on (given.key) given.key, ${kind}, given.subject_id, given.hash
	from jsonb_to_recordset(${JSON.stringify(lines.map(({ key, hash, subject_id }) => ({ key, hash, subject_id })))}::jsonb) as given (key text, hash text, subject_id uuid)
	where given.key is not null and given.subject_id is not null
	on conflict (key) do update set subject_id = excluded.subject_id, hash = excluded.hash`);

/** Marks lines as done, with what came out. */
export const settleLines = (
	tx: Tx,
	importId: string,
	lines: readonly { line: number; outcome: string; subject_id?: string | null; problems?: unknown }[],
) => {
	const numbers = lines.map(({ line }) => line);
	// Between which lines: else PostgreSQL, which knows nothing yet of an import that is new, may read it whole at each batch.
	return tx.run(sql`
	update imports.line set applied_at = now(), outcome = given.outcome, subject_id = coalesce(given.subject_id, line.subject_id),
		problems = coalesce(given.problems, line.problems)
	from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given (line int, outcome text, subject_id uuid, problems jsonb)
	where line.import_id = ${importId}::uuid and line.line = given.line and line.line between ${Math.min(...numbers)} and ${Math.max(...numbers)}`);
};
