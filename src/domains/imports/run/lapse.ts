import { lapseMemberships, peopleBefore, peopleWritten } from '#domains/people/index.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Import } from '../model.ts';
import { knownOf, rememberBefore } from './changes.ts';

/** Verified members of the import's territory who are not in its file, in good standing until now; who sends it stays. */
export const absent = (one: Pick<Import, 'id' | 'unit_id' | 'mapping' | 'by_id'>) => sql`
	select attachment.person_id as id from territory.attachment join territory.unit on unit.id = attachment.unit_id
	join people.membership on membership.person_id = attachment.person_id and membership.ended_at is null
	join people.membership_type on membership_type.id = membership.type_id
	where attachment.until is null and attachment.person_id is distinct from ${one.by_id}::uuid and unit.ancestors @> array[${one.unit_id}::uuid] and membership_type.grants = 'member'
		and membership.verified_at is not null and (membership.paid_until is null or membership.paid_until >= current_date)
		and not exists (select from imports.line where line.import_id = ${one.id}::uuid and line.subject_id = attachment.person_id)
		and not exists (select from imports.line where ${stayedOut(one, 'memberNumber')} = lower(membership.member_number))
		and not exists (select from imports.line join people.contact on ${stayedOut(one, 'email')} = contact.email_key
			where contact.person_id = attachment.person_id)`;

/** What lines that stayed out say in this column: their people are in the list all the same, however little of it could be read. */
const stayedOut = ({ id, mapping }: Pick<Import, 'id' | 'mapping'>, field: 'memberNumber' | 'email') => sql`
	line.import_id = ${id}::uuid and line.state <> 'ready' and line.value is null and lower(trim(line.cells ->> ${mapping?.[field] ?? null}::int))`;

/** Lets up to `size` of them lapse; gives how many. Those done are no longer found: taken up again, it goes on. */
export async function lapseAbsent(tx: Tx, one: Import, size: number): Promise<number> {
	const found = await tx.many<{ id: string }>(
		sql`select distinct missing.id from (${absent(one)}) as missing limit ${size}`,
	);
	const ids = found.map(({ id }) => id);
	if (!ids.length) return 0;
	const known = await knownOf(tx, ids);
	const before = await peopleBefore(tx, ids);
	await lapseMemberships(tx, ids);
	await rememberBefore(
		tx,
		one.id,
		'person',
		(await peopleWritten(tx, before)).map((row) => ({
			id: row.id,
			before: { row: row.before, known: known.get(row.id) ?? [] },
		})),
	);
	// The day they are in a file again, it counts as a difference.
	await tx.run(
		sql`delete from imports.known where subject_id in (select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid)`,
	);
	return ids.length;
}
