import { unitsAbove } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import type { LiveTopic } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Where a post is heard of: its unit's people, or only the members among them. */
const channelOf = (unitId: string, audience: string) =>
	`unit:${unitId}${audience === 'members' ? ':members' : ''}`;

/** Where somebody's words are heard of by their friends: by all of them, or only by the members among them. */
const friendChannelOf = (authorId: string, audience: string) =>
	`friend:${authorId}${audience === 'members' ? ':members' : ''}`;

/** Where a post is heard of: in its unit, and by its author's friends when it is also for them. The words of a unit are nobody's. */
export const channelsOf = (post: {
	byId: string;
	asUnitId: string | null;
	unitId: string | null;
	groupId?: string | null;
	audience: string;
}): string[] => [
	...(post.groupId ? [`group:${post.groupId}`] : []),
	...(post.unitId ? [channelOf(post.unitId, post.audience)] : []),
	...(post.audience === 'unit' || post.audience === 'group' || post.asUnitId
		? []
		: [friendChannelOf(post.byId, post.audience)]),
];

/** "3 nouveaux messages, voir": new posts of the viewer's units, of those above, of their groups, and of their friends. */
export const newPosts: LiveTopic = {
	gate: 'network',
	rule: 'feed.post.see',
	channels: (viewer) =>
		read(viewer, async (tx) => {
			const rows = await tx.many<{ id: string }>(sql`select unnest(${unitsAbove(viewer)}) as id`);
			const friends = await tx.many<{ id: string }>(
				sql`select link.friend_id as id from friends.link where link.person_id = ${viewer.id}::uuid`,
			);
			const groups = await tx.many<{ id: string }>(
				sql`select seat.circle_id as id from groups.seat where seat.person_id = ${viewer.id}::uuid`,
			);
			const own = groups.map(({ id }) => `group:${id}`);
			const heard = (audience: string) => [
				...rows.map(({ id }) => channelOf(id, audience)),
				...friends.map(({ id }) => friendChannelOf(id, audience)),
			];
			return viewer.standing === 'member'
				? [...own, ...heard('network'), ...heard('members')]
				: [...own, ...heard('network')];
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
