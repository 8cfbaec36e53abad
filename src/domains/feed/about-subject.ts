import { circles, type Discussion } from '#domains/groups/index.ts';
import { unitsAbove } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { excerpt } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import { cards } from './cards.ts';

const few = 8;
/** Among the latest, the ones from afar come first. */
const looked = 60;

/** What is said of a subject in groups that the viewer reads, the farthest and liveliest first. */
export const aboutSubject = (viewer: Viewer, subjectId: string): Promise<Discussion[]> =>
	read(viewer, async (tx) => {
		const near = await tx.many<{ id: string; distance: number; place: string | null }>(sql`
			select latest.id, coalesce(far.distance, 0) as distance, far.place from (
				select post.id, circle.home_id, post.published_at from groups.circle_subject
					join groups.circle on circle.id = circle_subject.circle_id join feed.post on post.group_id = circle.id
				where circle_subject.subject_id = ${subjectId}::uuid and circle.archived_at is null and ${circles.read(viewer)}
					and post.deleted_at is null and post.undone_at is null and post.publish_after <= now()
				order by post.id desc limit ${looked}) as latest
			left join lateral (select count(*)::int as distance, (array_agg(other.name order by cardinality(other.ancestors)))[1] as place
				from territory.unit as born join territory.unit as other on other.id = any (born.ancestors)
				where born.id = latest.home_id and not other.id = any (${unitsAbove(viewer)})) as far on true
			order by latest.published_at + coalesce(far.distance, 0) * interval '20 days' desc`);
		const order = near.map(({ id }) => id);
		const shown = await cards(tx, viewer, sql`post.id = any (${list(order, 'uuid')})`, looked);
		return shown
			.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
			.slice(0, few)
			.map(({ id, author, group, text, publishedAt, commentCount }) => {
				const { distance, place } = near.find((one) => one.id === id)!;
				return {
					id,
					name: author.name,
					group: group!.name,
					text: excerpt(text, 160),
					at: publishedAt,
					comments: commentCount,
					distance,
					place,
				};
			});
	});
