import { asSystem } from '#platform/db.ts';
import { announce, type JobDefinition } from '#platform/jobs.ts';
import { emit } from '#platform/live/emit.ts';
import { sql } from '#platform/sql.ts';
import { channelsOf } from './live.ts';
import { drawSizes } from './media.ts';
import { heardBy } from './place.ts';

interface Row {
	author_id: string;
	as_unit_id: string | null;
	unit_id: string | null;
	group_id: string | null;
	audience: string;
	heard: string;
	mentioned: string[];
}

/** Tells who listens that a post is out, once the seconds to undo are over; a post taken back is never spoken of. */
async function announcePost({ postId }: { postId: string }): Promise<void> {
	await asSystem('feed', async (tx) => {
		const post = await tx.one<Row>(sql`
			select post.author_id, post.as_unit_id, post.unit_id, post.group_id, post.audience, ${heardBy} as heard,
				array(select mention.person_id from feed.mention where mention.post_id = post.id and mention.comment_id is null) as mentioned
			from feed.post where post.id = ${postId}::uuid and post.undone_at is null and post.deleted_at is null`);
		if (!post) return;
		const { author_id: byId, as_unit_id: asUnitId, unit_id: unitId, group_id: groupId } = post;
		await announce(tx, 'feed.posted', { postId, byId, asUnitId, unitId, groupId, audience: post.heard });
		for (const personId of post.mentioned)
			await announce(tx, 'feed.mentioned', { postId, commentId: null, personId, byId });
		const channels = channelsOf({ byId, asUnitId, unitId, groupId, audience: post.audience });
		if (channels.length) await emit(tx, channels, { count: 1, ...(!asUnitId && { by: byId }) });
	});
}

export const jobs: JobDefinition<never>[] = [
	{ name: 'feed.announce', policy: 'house', work: announcePost } as JobDefinition<never>,
	{ name: 'feed.image', policy: 'house', work: drawSizes, retries: 3 } as JobDefinition<never>,
];
