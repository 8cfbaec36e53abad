import type { Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';

/**
 * People as they are now, to be put back one day: name, contact, membership in force, and the moment of this transaction, by which
 * what it writes is known again. Runs as the house; keep it as secret as they are.
 */
export const peopleBefore = (tx: Tx, ids: readonly string[]) =>
	tx.many<{ id: string; before: PersonBefore }>(sql`
	select person.id, jsonb_build_object('name', person.name, 'folded_name', person.folded_name, 'contact', to_jsonb(contact), 'membership', to_jsonb(membership), 'at', now()) as before
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

/**
 * Puts people back as `peopleBefore` found them. Names and addresses of open accounts stay: they are theirs. Who left, and a
 * membership that was begun or ended by hand since, stay as they are; an address or a number that is somebody else's by now is not taken
 * back. Runs as the house.
 */
export async function restorePeople(
	tx: Tx,
	rows: readonly { id: string; before: PersonBefore }[],
): Promise<void> {
	const kept = sql`(select given.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, before jsonb)
		join people.person as present on present.id = given.id and present.left_at is null) as kept`;
	await tx.run(sql`update people.person set name = kept.before->>'name', folded_name = kept.before->>'folded_name'
		from ${kept} where person.id = kept.id and person.confirmed_at is null`);
	await restoreContacts(tx, kept);
	await restoreMemberships(tx, kept);
}

async function restoreContacts(tx: Tx, kept: Sql): Promise<void> {
	await tx.run(sql`delete from people.contact using people.person, ${kept}
		where contact.person_id = kept.id and person.id = kept.id and person.confirmed_at is null`);
	const taken = sql`exists (select from people.contact as other where other.email_key = kept.before #>> '{contact,email_key}')`;
	const without = sql`case when ${taken} then '{"email": null, "email_key": null}'::jsonb else '{}'::jsonb end`;
	await tx.run(sql`insert into people.contact select old.* from ${kept} join people.person on person.id = kept.id and person.confirmed_at is null
		cross join lateral jsonb_populate_record(null::people.contact, nullif(kept.before->'contact', 'null'::jsonb) || ${without}) as old
		where old.person_id is not null`);
}

async function restoreMemberships(tx: Tx, kept: Sql): Promise<void> {
	const at = sql`(kept.before->>'at')::timestamptz`;
	await tx.run(sql`delete from people.membership using ${kept} where membership.person_id = kept.id and membership.ended_at is null
		and membership.created_at = ${at} and membership.id::text is distinct from kept.before->'membership'->>'id'`);
	const taken = (number: Sql) => sql`exists (select from people.membership as other
		where other.member_number = ${number} and other.ended_at is null and other.person_id <> kept.id)`;
	await tx.run(sql`update people.membership set type_id = old.type_id, since = old.since, paid_until = old.paid_until,
			member_number = case when ${taken(sql`old.member_number`)} then membership.member_number else old.member_number end,
			verified_at = old.verified_at, verified_by = old.verified_by, ended_at = old.ended_at, ended_why = old.ended_why
		from ${kept} cross join lateral jsonb_populate_record(null::people.membership, kept.before->'membership') as old
		where membership.id = old.id and (membership.ended_at is null or membership.ended_at = ${at})
			and not exists (select from people.membership as present where present.person_id = kept.id
				and present.ended_at is null and present.id <> old.id)`);
}
