import { eachWithBreath } from '#platform/breath.ts';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { fingerprint, seal } from '#platform/seal.ts';
import { list, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { emailKey } from './email.ts';

/** A person as a member file gives them. */
export interface FilePerson {
	id: string;
	name: string;
	email: string | null;
	/** E.164. */
	phone: string | null;
}

/** A membership as a member file gives it; null is what the file does not say. */
export interface FileMembership {
	personId: string;
	/** Key of the kind of membership; null keeps the present one, or takes the first that makes a member. */
	type: string | null;
	memberNumber: string | null;
	since: string | null;
	paidUntil: string | null;
}

const named = (rows: readonly FilePerson[]) => {
	const names = rows.map(({ id, name }) => ({ id, name, folded: fold(name) }));
	return sql`jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as given (id uuid, name text, folded text)`;
};

// Sealing takes its time.
const reached = async (rows: readonly FilePerson[]) => {
	const contacts = await eachWithBreath(rows, ({ id, email, phone }) => ({
		id,
		email,
		key: email && emailKey(email),
		sealed: phone && seal('phone', phone),
		print: phone && fingerprint('phone', phone),
	}));
	return sql`jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb)
		as given (id uuid, email text, key text, sealed text, print text)`;
};

/** Makes people who wait for their account to be opened: nobody is shown them before. Runs as the house. */
export async function putPeople(tx: Tx, rows: readonly FilePerson[], language: 'fr' | 'en'): Promise<void> {
	if (!rows.length) return;
	await tx.run(
		sql`insert into people.person (id, name, folded_name, language) select given.id, given.name, given.folded, ${language} from ${named(rows)}`,
	);
	await putContacts(tx, rows);
}

/**
 * Follows a newer file. Whoever opened their account keeps their name and address: an import cannot take an account over;
 * it may only add the phone they lack.
 */
export async function followPeople(tx: Tx, rows: readonly FilePerson[]): Promise<void> {
	if (!rows.length) return;
	const open = await tx.many<{ id: string }>(sql`
		update people.person set name = given.name, folded_name = given.folded from ${named(rows)}
		where person.id = given.id and person.confirmed_at is null returning person.id`);
	const waiting = new Set(open.map(({ id }) => id));
	await putContacts(
		tx,
		rows.filter(({ id }) => waiting.has(id)),
	);
	await tx.run(sql`update people.contact set phone_sealed = given.sealed, phone_key = given.print, changed_at = now()
		from ${await reached(rows.filter(({ id, phone }) => phone && !waiting.has(id)))}
		where contact.person_id = given.id and contact.phone_key is null`);
}

const putContacts = async (tx: Tx, rows: readonly FilePerson[]) =>
	tx.run(sql`
	insert into people.contact (person_id, email, email_key, phone_sealed, phone_key)
	select given.id, given.email, given.key, given.sealed, given.print from ${await reached(rows)}
	where given.email is not null or given.print is not null
	on conflict (person_id) do update set email = coalesce(excluded.email, contact.email), email_key = coalesce(excluded.email_key, contact.email_key),
		phone_sealed = coalesce(excluded.phone_sealed, contact.phone_sealed), phone_key = coalesce(excluded.phone_key, contact.phone_key), changed_at = now()`);

/**
 * Writes memberships of the member file, verified. Another kind ends the present spell and begins one; else dates and number follow.
 * Somebody who is in the file with no end date is in good standing. Runs as the house; counts are the caller's to repair.
 */
export async function putMemberships(
	tx: Tx,
	rows: readonly FileMembership[],
	byId: string | null,
): Promise<void> {
	if (!rows.length) return;
	const typed = sql`(select file.*, coalesce(wanted.id, current.type_id, usual.id) as type_id, current.type_id as current_type
		from jsonb_to_recordset(${JSON.stringify(rows.map((row) => ({ ...row, id: newId() })))}::jsonb)
			as file (id uuid, "personId" uuid, type text, "memberNumber" text, since date, "paidUntil" date)
		left join people.membership_type as wanted on wanted.key = file.type
		left join people.membership as current on current.person_id = file."personId" and current.ended_at is null
		cross join (select membership_type.id from people.membership_type order by (grants = 'member') desc, offered desc, position limit 1) as usual) as file`;
	await tx.run(sql`update people.membership set ended_at = now(), ended_why = 'replaced' from ${typed}
		where membership.person_id = file."personId" and membership.ended_at is null and membership.type_id <> file.type_id`);
	await tx.run(sql`update people.membership set member_number = coalesce(file."memberNumber", membership.member_number),
			since = coalesce(file.since, membership.since),
			paid_until = coalesce(file."paidUntil", case when membership.paid_until >= current_date then membership.paid_until end),
			verified_at = coalesce(membership.verified_at, now()), verified_by = coalesce(membership.verified_by, ${byId}::uuid)
		from ${typed} where membership.person_id = file."personId" and membership.ended_at is null`);
	await tx.run(sql`insert into people.membership (id, person_id, type_id, member_number, since, paid_until, verified_at, verified_by)
		select file.id, file."personId", file.type_id, file."memberNumber", coalesce(file.since, current_date), file."paidUntil", now(), ${byId}::uuid
		from ${typed} where file.current_type is null`);
}

/** Memberships that the file no longer has: not paid since yesterday. Runs as the house. */
export const lapseMemberships = (tx: Tx, personIds: readonly string[]) =>
	tx.run(sql`
	update people.membership set paid_until = current_date - 1
	where membership.person_id = any (${list(personIds, 'uuid')}) and membership.ended_at is null`);
