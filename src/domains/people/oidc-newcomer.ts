import type * as client from 'openid-client';
import * as v from 'valibot';
import type { Tx } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { nameOf } from './ask.ts';
import { mayCome } from './come.ts';
import { Email } from './email.ts';
import { createPerson, holdAddress, holderOf } from './person.ts';
import type { Whence } from './whence.ts';

/** From now on this identity opens this account. */
export const link = (tx: Tx, personId: string, { iss, sub }: client.IDToken) =>
	tx.run(
		sql`insert into people.external_identity (issuer, subject, person_id) values (${iss}, ${sub}, ${personId}::uuid) on conflict do nothing`,
	);

type Came = { id: string } | { say: string };
const linkFirst: Came = { say: 'people.oidc_link_first' };

/**
 * An account for somebody the service vouches for, or the sentence that says why not. An address that already has an account
 * is not taken over: its owner signs in their usual way once, then links. The house's rule of entry holds here too: the
 * service says who somebody is, not that they are invited.
 */
export async function newcomer(tx: Tx, claims: client.IDToken, whence: Whence): Promise<Came> {
	const email = v.safeParse(Email, claims.email);
	if (!email.success || claims.email_verified !== true) return linkFirst;
	await holdAddress(tx, email.output);
	if (await holderOf(tx, email.output)) return linkFirst;
	if (!(await mayCome({ detail: {} }))) return { say: 'people.oidc_by_invitation' };
	const name = readable(String(claims.name ?? email.output.split('@')[0]));
	// Whose name cannot be read writes it themselves, at the door of everybody.
	if (!name) return linkFirst;
	const id = await createPerson(tx, { name, email: email.output, language: whence.language });
	await link(tx, id, claims);
	await announce(tx, 'people.confirmed', { id });
	return { id };
}

function readable(name: string): string | null {
	try {
		return nameOf('name', name);
	} catch {
		return null;
	}
}
