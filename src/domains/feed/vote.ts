import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { list, sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { posts } from './policy.ts';

/** One answer or several, as the poll says; none takes the vote back. */
export const VoteForm = v.object({
	choices: v.optional(
		v.pipe(
			v.union([
				v.array(idText),
				v.pipe(
					idText,
					v.transform((one) => [one]),
				),
			]),
			v.maxLength(10, 'app.invalid_value'),
		),
		[],
	),
});

/**
 * Answers a poll, or changes one's answer until its end. Votes of one poll are counted one after the other (its row is
 * held), so that no answer is lost or counted twice.
 */
export const vote = (viewer: Viewer, postId: string, { choices }: v.InferOutput<typeof VoteForm>) =>
	write(viewer, async (tx) => {
		await posts.guard(tx, viewer, 'vote', postId);
		const poll = await tx.one<{ several: boolean; over: boolean }>(sql`
			select poll.several, poll.ends_at <= now() as over from feed.poll where poll.post_id = ${postId}::uuid for update`);
		if (!poll) throw invalidField('choices', 'feed.no_poll');
		if (poll.over) throw invalidField('choices', 'feed.poll_over');
		const wanted = [...new Set(choices)];
		if (wanted.length > 1 && !poll.several) throw invalidField('choices', 'feed.one_answer');
		await replace(tx, viewer, postId, wanted);
	});

async function replace(tx: Tx, viewer: Viewer, postId: string, wanted: string[]): Promise<void> {
	const before = await tx.many<{ option_id: string }>(sql`
		delete from feed.vote where vote.person_id = ${viewer.id}::uuid and vote.post_id = ${postId}::uuid returning option_id`);
	const now = await tx.many<{ option_id: string }>(sql`
		insert into feed.vote (person_id, option_id, post_id)
		select ${viewer.id}::uuid, option.id, option.post_id from feed.option
		where option.post_id = ${postId}::uuid and option.id = any (${list(wanted, 'uuid')}) returning option_id`);
	if (now.length < wanted.length) throw invalidField('choices', 'feed.answer_unknown');
	const ids = (rows: { option_id: string }[]) =>
		list(
			rows.map(({ option_id }) => option_id),
			'uuid',
		);
	await tx.run(sql`update feed.option set votes = option.votes
			- (option.id = any (${ids(before)}))::int + (option.id = any (${ids(now)}))::int
		where option.post_id = ${postId}::uuid`);
	const change = Number(now.length > 0) - Number(before.length > 0);
	if (change)
		await tx.run(
			sql`update feed.poll set voters = poll.voters + ${change} where poll.post_id = ${postId}::uuid`,
		);
}
