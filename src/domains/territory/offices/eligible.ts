import type { Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { viewerOfPerson } from '../viewer.ts';

/**
 * An office goes to a member in good standing who belongs to the unit or to one below it.
 * Throws Invalid at the field; somebody who does not exist gets the same answer as somebody from elsewhere.
 */
export async function assertEligible(tx: Tx, personId: string, unitId: string, field: string): Promise<void> {
	const { standing, units } = await viewerOfPerson(personId, []);
	const [home] = units.length
		? await tx.many(sql`select 1 as home from territory.unit
			where unit.id = any (${[...units]}::uuid[]) and ${unitId}::uuid = any (unit.ancestors) limit 1`)
		: [];
	if (!home) throw invalidField(field, 'territory.term_elsewhere');
	if (standing !== 'member') throw invalidField(field, 'territory.term_members_only');
}
