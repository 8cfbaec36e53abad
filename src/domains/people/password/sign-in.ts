import * as v from 'valibot';
import { asSystem } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { Email, emailKey } from '../email.ts';
import { type Entered, letIn } from '../enter.ts';
import { countTry } from '../limits.ts';
import type { Whence } from '../whence.ts';
import { fits } from './hash.ts';

export const PasswordSignInForm = v.object({
	email: Email,
	password: v.pipe(
		v.string('people.password_missing'),
		v.nonEmpty('people.password_missing'),
		v.maxLength(1000, 'people.password_unknown'),
	),
});

/**
 * Signs in by password. An unknown address, an account without password and a wrong password get the same answer after
 * the same work. Throws Invalid, TooMany.
 */
export async function signInByPassword(
	viewer: Viewer,
	{ email, password }: v.InferOutput<typeof PasswordSignInForm>,
	whence: Whence,
): Promise<Entered> {
	await countTry('password', email, whence);
	const person = await asSystem('sign-in', (tx) =>
		tx.one<{ id: string; email: string; password_hash: string | null }>(sql`
			select person.id, contact.email, secret.password_hash
			from people.contact join people.person on person.id = contact.person_id
			left join people.secret on secret.person_id = person.id
			where contact.email_key = ${emailKey(email)} and person.confirmed_at is not null and person.erased_at is null`),
	);
	if (!(await fits(person?.password_hash, password)))
		throw invalidField('password', 'people.password_unknown');
	return asSystem('sign-in', (tx) => letIn(tx, viewer, person!, whence));
}
