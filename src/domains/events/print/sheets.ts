import { circles, coverOf } from '#domains/groups/index.ts';
import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { excerpt } from '#platform/text/markdown.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import type { Cover } from '../cover.ts';
import { arrivalsAt, doorOf } from '../door/list.ts';
import { events } from '../policy.ts';

/** What is printed of an event for a wall. */
export interface Poster {
	id: string;
	title: string;
	/** The first lines of its text. */
	lead: string;
	place: string;
	/** Its picture, where one was chosen. */
	cover: Cover | null;
	/** How one comes, on one line. */
	access: string;
	/** The name of the unit, or of the group where the viewer sees it. */
	unit: string;
	depth: number;
	levels: number;
	starts_at: Date;
	ends_at: Date;
	time_zone: string;
	isPublic: boolean;
	cancelled_at: Date | null;
}

/** The poster of an event that the viewer sees. Throws NotFound. */
export const posterOf = (viewer: Viewer, id: string): Promise<Poster> =>
	read(viewer, async (tx) => {
		const poster = await tx.one<Poster>(sql`
			select event.id, event.title, ${coverOf(sql`event`)} as cover, left(event.text, 2000) as lead, event.starts_at, event.ends_at,
				event.time_zone, event.cancelled_at, ${events.see(visitor)} as "isPublic",
				coalesce(unit.name, (select circle.name from groups.circle where circle.id = event.group_id and ${circles.see(viewer)}), '') as unit,
				coalesce(unit_kind.depth, 0) as depth,
				(select max(every_kind.depth) + 1 from territory.unit_kind as every_kind) as levels,
				concat_ws(', ', nullif(event.place_name, ''), nullif(event.address, ''), zone.name) as place,
				regexp_replace(event.access, '\\s*\\n+\\s*', ' · ', 'g') as access
			from events.event left join territory.unit on unit.id = event.unit_id left join territory.unit_kind on unit_kind.id = unit.kind_id
				left join territory.zone on zone.id = event.zone_id
			where event.id = ${id}::uuid and ${events.see(viewer)}`);
		if (!poster) throw notFound();
		return { ...poster, lead: excerpt(poster.lead, 260) };
	});

/** The sheet that people sign: who comes, by name. Throws NotFound. */
export const attendanceSheet = (viewer: Viewer, id: string) =>
	read(viewer, async (tx) => {
		const door = await doorOf(tx, viewer, id);
		const all = await arrivalsAt(tx, id);
		return { door, people: all.filter(({ answer, waiting, at }) => at || (answer === 'coming' && !waiting)) };
	});
