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

/**
 * The same, told once the file was written: with the membership as the file left it, so that what is changed by hand
 * afterwards can be told from what the file did. Runs as the house, in the file's transaction.
 */
export async function peopleWritten<Row extends { id: string; before: PersonBefore }>(
	tx: Tx,
	rows: readonly Row[],
): Promise<Row[]> {
	const ids = rows.map(({ id }) => id);
	const left = await tx.many<{ id: string; left: unknown }>(sql`
		select membership.person_id as id, to_jsonb(membership) as left from people.membership
		where membership.person_id = any (${list(ids, 'uuid')}) and membership.ended_at is null`);
	const of = new Map(left.map(({ id, left }) => [id, left]));
	return rows.map((row) => ({ ...row, before: { ...row.before, left: of.get(row.id) ?? null } }));
}

/** Removes people whom a file made and who never opened their account; gives those who are gone. Runs as the house. */
export const dropWaiting = async (tx: Tx, ids: readonly string[]): Promise<string[]> =>
	(
		await tx.many<{ id: string }>(sql`delete from people.person where person.id = any (${list(ids, 'uuid')})
		and person.confirmed_at is null returning person.id`)
	).map(({ id }) => id);

/**
 * Puts people back as `peopleBefore` found them. Names and addresses of open accounts stay: they are theirs. Who left, and a
 * membership that was begun, ended or changed by hand since, stay as they are; an address or a number that is somebody else's by now is not taken
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

// Files brought before the house wrote down what they leave say nothing of it: all goes back, as it did then.
async function restoreMemberships(tx: Tx, kept: Sql): Promise<void> {
	const at = sql`(kept.before->>'at')::timestamptz`;
	const left = sql`nullif(kept.before->'left', 'null'::jsonb)`;
	// Who verified is no change by hand: it is forgotten when that person is.
	await tx.run(sql`delete from people.membership using ${kept} where membership.person_id = kept.id and membership.ended_at is null
		and membership.created_at = ${at} and membership.id::text is distinct from kept.before->'membership'->>'id'
		and to_jsonb(membership) - 'verified_by' = coalesce(${left}, to_jsonb(membership)) - 'verified_by'`);
	const taken = (number: Sql) => sql`exists (select from people.membership as other
		where other.member_number = ${number} and other.ended_at is null and other.person_id <> kept.id)`;
	const back = (name: string, before = sql.raw(`old.${name}`)) => {
		const column = sql.raw(name);
		return sql`${column} = case when written.id = membership.id and membership.${column} is distinct from written.${column}
			then membership.${column} else ${before} end`;
	};
	await tx.run(sql`update people.membership set ${sql.join(
		['type_id', 'since', 'paid_until', 'verified_at', 'verified_by'].map((name) => back(name)),
	)}, ${back('member_number', sql`case when ${taken(sql`old.member_number`)} then membership.member_number else old.member_number end`)},
			ended_at = old.ended_at, ended_why = old.ended_why
		from ${kept} cross join lateral jsonb_populate_record(null::people.membership, kept.before->'membership') as old
			cross join lateral jsonb_populate_record(null::people.membership, ${left}) as written
		where membership.id = old.id and (membership.ended_at is null or membership.ended_at = ${at})
			and not exists (select from people.membership as present where present.person_id = kept.id
				and present.ended_at is null and present.id <> old.id)`);
}
