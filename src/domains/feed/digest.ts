import { unitsAbove } from '#domains/territory/index.ts';
import type { DigestSource } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { excerpt } from '#platform/text/markdown.ts';
import { posts } from './policy.ts';

const atMost = 5;
const letters = 90;

/** Recent posts of one's units and of those above, most answered first; without an account, only those said to everybody there. */
export const digest: DigestSource = async (tx, { viewer, hasAccount, since, words }) => {
	const rows = await tx.many<{ id: string; name: string; text: string }>(sql`
		select post.id, coalesce((select unit.name from territory.unit where unit.id = post.as_unit_id), author.name) as name, post.text
		from feed.post join people.person as author on author.id = post.author_id and author.erased_at is null
		where post.publish_after > ${since} and post.unit_id = any (${unitsAbove(viewer)}) and post.author_id <> ${viewer.id}::uuid
			and post.audience in (${hasAccount ? sql`'public', 'network', 'members', 'unit'` : sql`'public', 'unit'`})
			and post.deleted_at is null and post.undone_at is null
			and not exists (select from safety.mute where mute.person_id = ${viewer.id}::uuid and mute.muted_id = post.author_id)
			and ${posts.see(viewer)}
		order by post.comment_count + post.thanks_count desc, post.publish_after desc limit ${atMost}`);
	return rows.map(({ id, name, text }) => ({
		id,
		heading: 'feed.digest',
		text: words.say('feed.digest_line', { name, text: excerpt(text, letters) }),
		href: `/publications/${id}`,
	}));
};
