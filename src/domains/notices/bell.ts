import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { emit } from '#platform/live/emit.ts';
import { list, sql } from '#platform/sql.ts';
import { countUnread } from './read.ts';

/** Tells the open pages of a person how many lines they have not read. */
export async function ringBell({ personId }: { personId: string }): Promise<void> {
	const viewer = await viewerOfPerson(personId, []);
	await asSystem('notices', async (tx) =>
		emit(tx, `person:${personId}`, { count: await countUnread(tx, viewer) }),
	);
}

/** The same for many: only who was there in the last quarter of an hour may have a page open. */
export async function ringBells({ personIds }: { personIds: string[] }): Promise<void> {
	const here = await asSystem('notices', (tx) =>
		tx.many<{ personId: string }>(sql`select distinct session.person_id as "personId" from people.session
			where session.person_id = any (${list(personIds, 'uuid')}) and session.revoked_at is null
				and session.seen_at > now() - interval '15 minutes'`),
	);
	for (const one of here) await ringBell(one);
}
