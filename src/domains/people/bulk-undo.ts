import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';

/** People as they are now, to be put back one day: name, contact, membership in force. Runs as the house; keep it as secret as they are. */
export const peopleBefore = (tx: Tx, ids: readonly string[]) =>
	tx.many<{ id: string; before: PersonBefore }>(sql`
	select person.id, jsonb_build_object('name', person.name, 'folded_name', person.folded_name, 'contact', to_jsonb(contact), 'membership', to_jsonb(membership)) as before
	from people.person left join people.contact on contact.person_id = person.id
	left join people.membership on membership.person_id = person.id and membership.ended_at is null
	where person.id = any (${list(ids, 'uuid')}) for update of person`);

/** Opaque to who keeps it. */
export type PersonBefore = Record<string, unknown>;

/** Removes people whom a file made and who never opened their account; gives those who are gone. Runs as the house. */
export const dropWaiting = async (tx: Tx, ids: readonly string[]): Promise<string[]> =>
	(
		await tx.many<{ id: string }>(sql`delete from people.person where person.id = any (${list(ids, 'uuid')})
		and person.confirmed_at is null returning person.id`)
	).map(({ id }) => id);

/** Puts people back as `peopleBefore` found them. Names and addresses of open accounts stay: they are theirs. Runs as the house. */
export async function restorePeople(
	tx: Tx,
	rows: readonly { id: string; before: PersonBefore }[],
): Promise<void> {
	const kept = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as kept (id uuid, before jsonb)`;
	await tx.run(sql`update people.person set name = kept.before->>'name', folded_name = kept.before->>'folded_name'
		from ${kept} where person.id = kept.id and person.confirmed_at is null`);
	await tx.run(sql`delete from people.contact using people.person, ${kept}
		where contact.person_id = kept.id and person.id = kept.id and person.confirmed_at is null`);
	await tx.run(sql`insert into people.contact select old.* from ${kept} join people.person on person.id = kept.id and person.confirmed_at is null
		cross join lateral jsonb_populate_record(null::people.contact, kept.before->'contact') as old where old.person_id is not null`);
	await tx.run(sql`delete from people.membership using ${kept} where membership.person_id = kept.id and membership.ended_at is null
		and membership.id::text is distinct from kept.before->'membership'->>'id'`);
	await tx.run(sql`update people.membership set type_id = old.type_id, member_number = old.member_number, since = old.since, paid_until = old.paid_until,
			verified_at = old.verified_at, verified_by = old.verified_by, ended_at = old.ended_at, ended_why = old.ended_why
		from ${kept} cross join lateral jsonb_populate_record(null::people.membership, kept.before->'membership') as old
		where membership.id = old.id`);
}
