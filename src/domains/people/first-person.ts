import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { putPeople } from './bulk.ts';
import { openChallenge } from './challenge.ts';
import { confirmImported } from './enter.ts';
import { addMembership } from './membership.ts';
import { personName } from './person.ts';
import { createSession } from './session.ts';

/** Whoever founds the organisation. */
export interface Founder {
	name: string;
	email: string;
	language: 'fr' | 'en';
}

/**
 * Makes the first person, a verified member of the first kind that makes members, with nothing left to choose on the way in.
 * Their address is still to be proved. Runs as the house; gives the person's id.
 */
export async function putFirstPerson(tx: Tx, { name, email, language }: Founder): Promise<string> {
	const id = newId();
	await putPeople(tx, [{ id, name, email, phone: null }], language);
	const type = await tx.one<{ id: string }>(
		sql`select id from people.membership_type order by (grants = 'member') desc, position limit 1`,
	);
	await addMembership(tx, id, { typeId: type!.id, verified: true });
	await tx.run(
		sql`insert into people.arrival (person_id, settled_at, finished_at) values (${id}, now(), now())`,
	);
	return id;
}

/** Sends the first person the code that proves their address; gives the challenge's id. Runs as the house. */
export async function askFirstCode(
	tx: Tx,
	personId: string,
	email: string,
	language: 'fr' | 'en',
): Promise<string> {
	const name = (await personName(tx, personId)) ?? '';
	const id = await openChallenge(tx, {
		id: newId(),
		purpose: 'sign-up',
		email,
		detail: { name, email, language },
	});
	await enqueue(tx, 'people.send_code', { id });
	return id;
}

/** Changes an address that was mistyped, while nobody proved it. Runs as the house. Gives whether there was one to change. */
export async function changeFirstAddress(tx: Tx, personId: string, email: string): Promise<boolean> {
	const changed =
		await tx.run(sql`update people.contact set email = ${email}, email_key = ${email.toLowerCase()}, changed_at = now()
		from people.person where person.id = contact.person_id and person.id = ${personId}::uuid and person.confirmed_at is null`);
	return changed > 0;
}

/** Opens the first person's account where no mail can leave: the console's key proved who they are. Gives the session's secret. */
export async function letFirstPersonIn(tx: Tx, personId: string, device: string): Promise<string> {
	await confirmImported(tx, personId);
	return (await createSession(tx, personId, device)).secret;
}
