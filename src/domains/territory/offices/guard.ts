import type { Tx } from '#platform/db.ts';
import { forbidden, notFound } from '#platform/errors.ts';
import type { Rule } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Asks a rule that is about no row. Throws NotFound, or Forbidden when `seen` holds. */
export async function insist(tx: Tx, viewer: Viewer, rule: Rule, seen: Rule | null = null): Promise<void> {
	const holds = (asked: Rule) => tx.one<{ yes: boolean }>(sql`select ${asked(viewer)} as yes`);
	if ((await holds(rule))?.yes) return;
	throw seen && (await holds(seen))?.yes ? forbidden() : notFound();
}

/** Locks the unit until the end of the transaction: its officers change one after the other. */
export const lockUnit = (tx: Tx, unit: Sql | string) =>
	tx.run(sql`select from territory.unit where unit.id = ${unit}::uuid for no key update`);

/** Tells open streams that what this person may do changed: they ask again at once. */
export const tellRoles = (tx: Tx, personId: string) => tx.run(sql`select pg_notify('roles', ${personId})`);

/** Who may do what to the whole network changed: offices, their powers, gates. */
export const tellAllRoles = (tx: Tx) => tx.run(sql`select pg_notify('roles', '*')`);

/**
 * Changes of the structure wait for one another: two halves of a circle must not meet, nor two who put a whole list in order.
 * Taken before any row: a guard holds the one that it asks about.
 */
export const lockStructure = (tx: Tx) =>
	tx.run(sql`select pg_advisory_xact_lock(hashtext('territory.structure'))`);
