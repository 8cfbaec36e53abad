import * as v from 'valibot';
import { isFresh } from '#platform/access.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { countTry } from '../limits.ts';
import { contactOf } from '../person.ts';
import { tellSecurity } from '../security-mail.ts';
import { endSessions } from '../session.ts';
import type { Whence } from '../whence.ts';
import { fits, hashPassword } from './hash.ts';
import { weakness } from './strength.ts';

export const PasswordForm = v.object({
	current_password: v.optional(v.pipe(v.string(), v.maxLength(1000, 'people.password_current_wrong')), ''),
	password: v.pipe(
		v.string('people.password_missing'),
		v.nonEmpty('people.password_missing'),
		v.maxLength(1000, 'people.password_long'),
	),
});

/**
 * Sets or changes the viewer's password and ends their other sessions. The old password, a fresh second factor or a
 * sign-in of the last ten minutes shows that it is still them. Throws Invalid.
 */
export async function changePassword(
	viewer: Viewer,
	form: v.InferOutput<typeof PasswordForm>,
	whence: Whence,
): Promise<void> {
	const { email, hash, recent } = await standing(viewer);
	const weak = weakness(form.password, [viewer.name, email, (await house()).name]);
	if (weak) throw invalidField('password', weak);
	if (!isFresh(viewer)) await showItIsThem(form.current_password, { email, hash, recent }, whence);
	const made = await hashPassword(form.password);
	await asSystem('password', async (tx) => {
		await put(tx, viewer.id!, made);
		await endSessions(tx, viewer.id!, viewer.sessionId);
		await tellSecurity(tx, viewer.id!, 'password');
	});
}

interface PasswordStanding {
	email: string;
	hash: string | null;
	/** The session is younger than ten minutes. */
	recent: boolean;
}

const standing = (viewer: Viewer): Promise<PasswordStanding> =>
	asSystem('password', async (tx) => {
		const row = await tx.one<{ password_hash: string | null; recent: boolean }>(sql`
			select (select password_hash from people.secret where person_id = ${viewer.id}::uuid),
				coalesce((select created_at > now() - interval '10 minutes' from people.session where id = ${viewer.sessionId}::uuid), false) as recent`);
		return { email: (await contactOf(tx, viewer.id!))!.email, hash: row!.password_hash, recent: row!.recent };
	});

async function showItIsThem(
	current: string,
	{ email, hash, recent }: PasswordStanding,
	whence: Whence,
): Promise<void> {
	if (!hash && recent) return;
	if (!hash) throw invalidField('password', 'people.sign_in_again');
	await countTry('password', email, whence);
	if (!(await fits(hash, current))) throw invalidField('current_password', 'people.password_current_wrong');
}

const put = (tx: Tx, personId: string, hash: string | null) =>
	tx.run(sql`insert into people.secret (person_id, password_hash) values (${personId}, ${hash})
		on conflict (person_id) do update set password_hash = excluded.password_hash, changed_at = now()`);
