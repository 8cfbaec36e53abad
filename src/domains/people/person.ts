import type { Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { unseal } from '#platform/seal.ts';
import { list, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { emailKey } from './email.ts';

/** Who holds an address, held until the transaction ends. */
export interface Holder {
	id: string;
	name: string;
	email: string;
	confirmed: boolean;
	language: 'fr' | 'en';
}

/** The person of an address, erased ones apart. Runs as the house. */
export const holderOf = (tx: Tx, email: string) =>
	tx.one<Holder>(sql`select person.id, person.name, contact.email, person.confirmed_at is not null as confirmed, person.language
		from people.contact join people.person on person.id = contact.person_id
		where contact.email_key = ${emailKey(email)} and person.erased_at is null for update of person`);

/** One at a time per address: two proofs at once cannot make two people. */
export const holdAddress = (tx: Tx, email: string) =>
	tx.run(sql`select pg_advisory_xact_lock(hashtext('address'), hashtext(${emailKey(email)}))`);

interface Newcomer {
	name: string;
	email: string;
	language: 'fr' | 'en';
	invitation?: string | null;
}

/** Makes an account for somebody who just proved their address: a declared sympathiser, until they say more. */
export async function createPerson(tx: Tx, { name, email, language, invitation }: Newcomer): Promise<string> {
	const id = newId();
	await tx.run(sql`insert into people.person (id, name, folded_name, language, rhythm, confirmed_at)
		values (${id}, ${name}, ${fold(name)}, ${language}, ${(await house()).rhythm}, now())`);
	await tx.run(
		sql`insert into people.contact (person_id, email, email_key) values (${id}, ${email}, ${emailKey(email)})`,
	);
	await tx.run(sql`insert into people.membership (id, person_id, type_id)
		select ${newId()}, ${id}, membership_type.id from people.membership_type
		order by (grants = 'sympathiser') desc, offered desc, position limit 1`);
	await tx.run(sql`insert into people.arrival (person_id, invitation) values (${id}, ${invitation ?? null})`);
	return id;
}

/** The name of a person; undefined when they are unknown or erased. */
export const personName = async (tx: Tx, id: string): Promise<string | undefined> =>
	(
		await tx.one<{ name: string }>(
			sql`select name from people.person where id = ${id}::uuid and erased_at is null`,
		)
	)?.name;

/** The addresses of those who have one, for the house's own mails: by who they are. */
export async function emailsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
	const rows = await tx.many<{
		id: string;
		email: string;
	}>(sql`select contact.person_id as id, contact.email from people.contact
		where contact.person_id = any (${list(ids, 'uuid')}) and contact.email is not null`);
	return new Map(rows.map(({ id, email }) => [id, email]));
}

/** What the browsers that open an account know it by, whatever its address: another one once officers gave it back. */
export async function accountMark(tx: Tx, id: string): Promise<string> {
	const row = await tx.one<{ since: string | null }>(
		sql`select given_back_at::text as since from people.contact where contact.person_id = ${id}::uuid`,
	);
	return `${id} ${row?.since ?? ''}`;
}

/** How to write to a person (undefined without an e-mail), opened for the house's own acts (mails): never for a page without an audit entry. */
export async function contactOf(
	tx: Tx,
	id: string,
): Promise<{ email: string; phone: string | null; language: 'fr' | 'en' } | undefined> {
	const row = await tx.one<{ email: string; phone_sealed: string | null; language: 'fr' | 'en' }>(sql`
		select contact.email, contact.phone_sealed, person.language
		from people.contact join people.person on person.id = contact.person_id where contact.person_id = ${id}::uuid and contact.email is not null`);
	return (
		row && {
			email: row.email,
			phone: row.phone_sealed && unseal('phone', row.phone_sealed),
			language: row.language,
		}
	);
}
