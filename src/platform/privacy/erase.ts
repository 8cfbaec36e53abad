import { record } from '../audit.ts';
import { asSystem } from '../db.ts';
import type { Domain } from '../domain.ts';
import { announce } from '../jobs.ts';
import { sql } from '../sql.ts';
import { own } from './own.ts';

/**
 * Removes or makes anonymous everything about a person, all of it or nothing: the top floor first, so that nothing is
 * left hanging on what went. Cannot be undone. Again is harmless. The journal keeps that it was done, under an id that names nobody.
 */
export const erase = (domains: readonly Domain[], personId: string): Promise<void> =>
	asSystem('erasure', async (tx) => {
		for (const { privacy } of domains.toReversed()) await privacy?.erase(tx, personId);
		await own.erase(tx, personId);
		const row = await tx.one<{ suppression: string | null }>(sql`
			insert into platform.erasure (person_id, due_at, done_at) values (${personId}::uuid, now(), now())
			on conflict (person_id) do update set done_at = now() returning suppression`);
		await record(tx, { actorId: null, act: 'privacy.erased', subject: 'person', subjectId: personId });
		await tx.run(sql`select pg_notify('roles', ${personId})`);
		await announce(tx, 'privacy.erased', { suppression: row?.suppression ?? null });
	});
