import { unitsAbove } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import type { LiveTopic } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Where a post is heard of: its unit's people, or only the members among them. */
export const channelOf = (unitId: string, audience: string) =>
	`unit:${unitId}${audience === 'members' ? ':members' : ''}`;

/** "3 nouveaux messages, voir": new posts of the viewer's units and of those above. */
export const newPosts: LiveTopic = {
	gate: 'network',
	rule: 'feed.post.see',
	channels: (viewer) =>
		read(viewer, async (tx) => {
			const rows = await tx.many<{ id: string }>(sql`select unnest(${unitsAbove(viewer)}) as id`);
			const wide = rows.map(({ id }) => channelOf(id, 'unit'));
			return viewer.standing === 'member'
				? [...wide, ...rows.map(({ id }) => channelOf(id, 'members'))]
				: wide;
		}),
	apart: peopleApart,
};

function peopleApart(viewer: Viewer): Promise<string[]> {
	return read(viewer, async (tx) => {
		const rows = await tx.many<{ id: string }>(sql`
			select block.blocked_id as id from safety.block where block.person_id = ${viewer.id}::uuid
			union select mute.muted_id from safety.mute where mute.person_id = ${viewer.id}::uuid
			union select block.person_id from safety.block where block.blocked_id = ${viewer.id}::uuid`);
		return rows.map(({ id }) => id);
	});
}
