import { circles, type Discussion, farFrom, farPlace } from '#domains/groups/index.ts';
import { unitsAbove } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { excerpt } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Card, cards } from './cards.ts';
import { isWide } from './from-afar.ts';

const few = 8;
/** Among the latest, the ones from afar come first. */
const looked = 60;

const columns = sql`post.id, post.unit_id, post.group_id, post.published_at`;
const isOut = sql`post.deleted_at is null and post.undone_at is null and post.publish_after <= now()`;

// What is said in groups on the subject, what says to be about it, and the same within the viewer's own units.
const latest = (viewer: Viewer, subjectId: string): Sql => sql`
	(select ${columns} from groups.circle_subject join groups.circle on circle.id = circle_subject.circle_id
		join feed.post on post.group_id = circle.id
	where circle_subject.subject_id = ${subjectId}::uuid and circle.archived_at is null and ${circles.read(viewer)} and ${isOut}
	order by post.id desc limit ${looked})
	union
	(select ${columns} from feed.post where post.subject_id = ${subjectId}::uuid and ${isWide} and ${isOut}
	order by post.id desc limit ${looked})
	union
	(select said.* from (select unnest(${unitsAbove(viewer)}) as id) as mine cross join lateral (
		select ${columns} from feed.post where post.subject_id = ${subjectId}::uuid and post.unit_id = mine.id
			and post.audience = 'unit' and ${isOut} order by post.id desc limit ${looked}) as said)`;

/** What is said of a subject and that the viewer reads, the farthest and liveliest first. */
export const aboutSubject = (viewer: Viewer, subjectId: string): Promise<Discussion[]> =>
	read(viewer, async (tx) => {
		const near = await tx.many<{ id: string; distance: number; place: string | null }>(sql`
			select latest.id, coalesce(far.distance, 0) as distance, ${farPlace} as place
			from (${latest(viewer, subjectId)}) as latest left join groups.circle on circle.id = latest.group_id
			${farFrom(viewer, sql`coalesce(latest.unit_id, circle.home_id)`)}
			order by latest.published_at + coalesce(far.distance, 0) * interval '20 days' desc, latest.id limit ${looked}`);
		const order = near.map(({ id }) => id);
		const shown = await cards(tx, viewer, sql`post.id = any (${list(order, 'uuid')})`, looked);
		return shown
			.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
			.slice(0, few)
			.map((card) => discussion(card, near.find(({ id }) => id === card.id)!));
	});

const discussion = (
	{ id, author, as, group, unit, text, publishedAt, commentCount }: Card,
	{ distance, place }: { distance: number; place: string | null },
): Discussion => ({
	id,
	name: as?.name ?? author.name,
	where: group?.name ?? (as ? '' : (unit?.name ?? '')),
	text: excerpt(text, 160),
	at: publishedAt,
	comments: commentCount,
	distance,
	place,
});
