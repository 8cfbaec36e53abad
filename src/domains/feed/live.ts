import { groupsOfAsker } from '#domains/groups/index.ts';
import { unitsOfAsker } from '#domains/territory/index.ts';
import type { LiveTopic } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';

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
	asks: {
		units: unitsOfAsker,
		groups: groupsOfAsker,
		friends: sql`array(select link.friend_id from friends.link where link.person_id = asker.id)`,
		people: sql`array(select block.blocked_id from safety.block where block.person_id = asker.id
			union select mute.muted_id from safety.mute where mute.person_id = asker.id
			union select block.person_id from safety.block where block.blocked_id = asker.id)`,
	},
	channels: ({ standing }, { units = [], friends = [], groups = [] }) => {
		const audiences = standing === 'member' ? ['network', 'members'] : ['network'];
		return [
			...groups.map((id) => `group:${id}`),
			...audiences.flatMap((audience) => [
				...units.map((id) => channelOf(id, audience)),
				...friends.map((id) => friendChannelOf(id, audience)),
			]),
		];
	},
	apart: (_, { people = [] }) => people,
};
