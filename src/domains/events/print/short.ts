import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { events } from '../policy.ts';

/** Where the code of a poster leads: a short address, that anybody can type, when the event is public. */
export const posterAddress = (origin: string, { id, isPublic }: { id: string; isPublic: boolean }) =>
	isPublic ? `${origin}/ev/${id.slice(-10)}` : `${origin}/evenements/${id}`;

/** The event of a short address, if it is public. Throws NotFound. */
export const eventOfShort = (viewer: Viewer, short: string): Promise<string> =>
	read(viewer, async (tx) => {
		const found = await tx.one<{ id: string }>(sql`select event.id from events.event
			where right(event.id::text, 10) = ${short} and event.visibility = 'public' and ${events.see(viewer)}`);
		if (!found) throw notFound();
		return found.id;
	});
