import * as v from 'valibot';
import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { hashOfSecret, newSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { sessions } from './policy.ts';

export const sessionDays = 60;

/** A browser where somebody is signed in. */
export interface Session {
	id: string;
	device: string;
	created_at: Date;
	seen_at: Date;
	/** The one that asks. */
	current: boolean;
}

/**
 * Opens a session for a person whose identity was just proved; runs as the house. `factor`: a second factor was given too.
 * Gives the secret for the cookie, kept here only as a hash; a new one at each sign-in.
 */
export async function createSession(
	tx: Tx,
	personId: string,
	device: string,
	{ factor = false } = {},
): Promise<{ id: string; secret: string }> {
	const [id, secret] = [newId(), newSecret()];
	await tx.run(sql`insert into people.session (id, person_id, token_hash, expires_at, factor_at, device)
		values (${id}, ${personId}, ${hashOfSecret(secret)}, now() + make_interval(days => ${sessionDays}), ${factor ? new Date() : null}::timestamptz,
			${device.slice(0, 80)})`);
	await tx.run(
		sql`update people.person set seen_on = current_date where id = ${personId}::uuid and seen_on < current_date`,
	);
	return { id, secret };
}

/** Changes the session's secret once a second factor was given: one stolen before is worth nothing after. Runs as the house. */
export async function renewSession(tx: Tx, sessionId: string): Promise<string> {
	const secret = newSecret();
	await tx.run(sql`update people.session set token_hash = ${hashOfSecret(secret)}, factor_at = now()
		where id = ${sessionId}::uuid and revoked_at is null`);
	return secret;
}

/** Whose session this was, when it came to its end by itself. Not one that was revoked: its secret may be in other hands. */
export const holderOfEnded = (secret: string): Promise<{ id: string } | undefined> =>
	asSystem('session', (tx) =>
		tx.one(sql`select person_id as id from people.session
			where token_hash = ${hashOfSecret(secret)} and revoked_at is null and expires_at <= now()`),
	);

/** The session was not noted as in use for five minutes: reading a page must not cost a write. */
export const isStale = sql`session.seen_at < now() - interval '5 minutes'`;

/** Notes that a session is in use, and the day, unless it was just noted. Runs as the house. */
export const noteSeen = (tx: Tx, sessionId: string): Promise<number> =>
	tx.run(sql`
		with seen as (update people.session set seen_at = now()
			where session.id = ${sessionId}::uuid and ${isStale} returning person_id)
		update people.person set seen_on = current_date from seen where person.id = seen.person_id and seen_on < current_date`);

/** Where the viewer is signed in, the browser in use first. */
export const sessionsOf = (viewer: Viewer): Promise<Session[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select id, device, created_at, seen_at, id = ${viewer.sessionId}::uuid as current
			from people.session where ${sessions.see(viewer)} and revoked_at is null and expires_at > now()
			order by current desc, seen_at desc`),
	);

export const RevokeForm = v.object({ id: v.pipe(v.string(), v.uuid('app.invalid_value')) });

/** Ends one of the viewer's sessions at once; another person's does not exist. */
export const revokeSession = (viewer: Viewer, { id }: v.InferOutput<typeof RevokeForm>): Promise<void> =>
	write(viewer, async (tx) => {
		await sessions.guard(tx, viewer, 'revoke', id);
		await tx.run(sql`update people.session set revoked_at = now() where id = ${id}::uuid`);
	});

/** Ends every session of the viewer but the one in use; gives how many. */
export const revokeOthers = (viewer: Viewer): Promise<number> =>
	write(viewer, (tx) => endSessions(tx, viewer.id!, viewer.sessionId));

/** Ends a person's sessions, but one. */
export const endSessions = (tx: Tx, personId: string, butId: string | null = null): Promise<number> =>
	tx.run(sql`update people.session set revoked_at = now()
		where person_id = ${personId}::uuid and revoked_at is null and id is distinct from ${butId}::uuid`);

/** Ends the session in use. */
export async function signOut(viewer: Viewer): Promise<void> {
	if (!viewer.sessionId) return;
	await write(viewer, (tx) =>
		tx.run(
			sql`update people.session set revoked_at = now() where id = ${viewer.sessionId}::uuid and person_id = ${viewer.id}::uuid`,
		),
	);
}
