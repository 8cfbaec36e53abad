import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { answering } from './circle.ts';
import { events } from './policy.ts';

/** The words of an event, as somebody reports or judges them. */
interface SaidOfEvent {
	author: { id: string; name: string };
	unitId: string | null;
	text: string;
	/** Its page. */
	href: string;
}

/** An event that the viewer sees, in its words. Throws NotFound. */
export const saidOfEvent = (viewer: Viewer, id: string): Promise<SaidOfEvent> =>
	read(viewer, async (tx) => {
		const row =
			await tx.one<SaidOfEvent>(sql`select jsonb_build_object('id', event.by_id, 'name', coalesce(author.name, '')) as author,
				${answering} as "unitId", concat_ws(E'\n\n', event.title, nullif(event.text, '')) as text,
				'/evenements/' || event.id as href
			from events.event left join people.person as author on author.id = event.by_id
			where event.id = ${id}::uuid and ${events.see(viewer)}`);
		if (!row) throw notFound();
		return row;
	});
