import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { mentionedIn } from '#platform/text/markdown.ts';
import { searched } from './post.ts';
import { withoutName } from './unnamed.ts';

interface Written {
	id: string;
	text: string;
}

/**
 * Takes a person's name out of what others wrote, and out of what the search reads of it: their words stay, without whom they
 * named. Accounts folded into this one go with it. Runs as the house, while the mentions are still there.
 */
export async function forgetName(tx: Tx, personId: string): Promise<void> {
	const posts = await tx.many<Written>(sql`select distinct post.id, post.text from feed.post
		join feed.mention on mention.post_id = post.id where mention.person_id = ${personId}::uuid and mention.comment_id is null`);
	for (const { id, text } of posts) {
		const left = await nameless(tx, personId, text);
		// Another version: who was correcting it meanwhile does not put the name back.
		await tx.run(
			sql`update feed.post set text = ${left}, folded = ${searched(left)}, version = post.version + 1 where post.id = ${id}::uuid`,
		);
	}
	const comments = await tx.many<Written>(sql`select distinct comment.id, comment.text from feed.comment
		join feed.mention on mention.comment_id = comment.id where mention.person_id = ${personId}::uuid`);
	for (const { id, text } of comments)
		await tx.run(
			sql`update feed.comment set text = ${await nameless(tx, personId, text)} where comment.id = ${id}::uuid`,
		);
}

async function nameless(tx: Tx, personId: string, text: string): Promise<string> {
	const erased = await tx.many<{ id: string }>(sql`select person.id from people.person
		where person.id = any (${list(mentionedIn(text), 'uuid')}) and person.erased_at is not null`);
	return withoutName(text, [personId, ...erased.map(({ id }) => id)]);
}
