import { createSession } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';

/** A session of this person; gives its id. */
export const newSession = async (personId: string): Promise<string> =>
	(await asSystem('test', (tx) => createSession(tx, personId, 'Firefox'))).id;

/** Ends all their sessions, as signing out elsewhere does. */
export const endSessionsOf = (personId: string): Promise<number> =>
	asSystem('test', (tx) =>
		tx.run(sql`update people.session set revoked_at = now() where person_id = ${personId}::uuid`),
	);
