import { isFresh } from '#platform/access.ts';
import { asSystem, read, type Tx } from '#platform/db.ts';
import { forbidden, secondFactorFirst } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { passkeys as own } from '../policy.ts';

/** What a person has to sign in with. */
export interface Keys {
	email: string;
	hasPassword: boolean;
	hasAuthenticator: boolean;
	recoveryCodes: number;
	passkeys: { id: string; name: string; created_at: Date; used_at: Date | null }[];
	isLinked: boolean;
}

/** Whether a person has a second factor: a passkey or an authenticator app. */
export const hasFactor = async (tx: Tx, personId: string): Promise<boolean> =>
	Boolean(
		await tx.one(sql`select 1 as found where exists (select from people.passkey where passkey.person_id = ${personId}::uuid)
		or exists (select from people.secret where secret.person_id = ${personId}::uuid and totp_confirmed_at is not null)`),
	);

/**
 * A key is added in a session that is sure: a second factor just given, or none yet and a sign-in of the last ten minutes.
 * Throws SecondFactor, Forbidden.
 */
export async function allowNewKey(tx: Tx, viewer: Viewer): Promise<void> {
	if (isFresh(viewer)) return;
	if (await hasFactor(tx, viewer.id!)) throw secondFactorFirst();
	const recent = await tx.one(
		sql`select 1 as found from people.session where id = ${viewer.sessionId}::uuid and created_at > now() - interval '10 minutes'`,
	);
	if (!recent) throw forbidden('people.sign_in_again');
}

/** The viewer's own keys, for their security page. */
export async function keysOf(viewer: Viewer): Promise<Keys> {
	const passkeys = await read(viewer, (tx) =>
		tx.many<Keys['passkeys'][number]>(sql`
			select id, name, created_at, used_at from people.passkey where ${own.see(viewer)} order by created_at`),
	);
	return asSystem('own-keys', async (tx) => {
		const row = await tx.one<Omit<Keys, 'passkeys'>>(sql`
			select contact.email, secret.password_hash is not null as "hasPassword", secret.totp_confirmed_at is not null as "hasAuthenticator",
				(select count(*)::int from people.recovery_code where recovery_code.person_id = contact.person_id and used_at is null) as "recoveryCodes",
				exists (select from people.external_identity where external_identity.person_id = contact.person_id) as "isLinked"
			from people.contact left join people.secret on secret.person_id = contact.person_id
			where contact.person_id = ${viewer.id}::uuid`);
		return { ...row!, passkeys };
	});
}
