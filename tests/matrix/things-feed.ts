import { publishAs } from '#domains/feed/index.ts';
import type { Tx } from '#platform/db.ts';
import { keepFile, takeIn } from '#platform/files/keep.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

const hourAgo = new Date(Date.now() - 3_600_000);
const [odile, samuel, ines] = [idOf('odile'), idOf('samuel'), idOf('ines')];

/** States of a post by Odile, by what makes them; `spoken` is Samuel's, as the section. */
const states = {
	public: { audience: 'public' },
	network: { audience: 'network' },
	members: { audience: 'members' },
	villebrume: { audience: 'unit' },
	federation: { audience: 'unit', unit: 'valdorsande' },
	friends: { audience: 'friends' },
	removed: { audience: 'network' },
	justRemoved: { audience: 'network' },
	judgedAway: { audience: 'network' },
	undone: { audience: 'network' },
	waiting: { audience: 'network' },
	hidden: { audience: 'network' },
	spoken: { audience: 'network', as: 'villebrume' },
} as const;
export type PostState = keyof typeof states;
export const postStates = Object.keys(states) as PostState[];

/** Posts in every audience and state, each with a poll; comments, a file, reports, decisions and an appeal. */
export async function putPosts(tx: Tx) {
	await tx.run(
		sql`insert into friends.link (person_id, friend_id, since) values (${odile}, ${ines}, now()), (${ines}, ${odile}, now())`,
	);
	await tx.run(sql`insert into safety.block (person_id, blocked_id) values (${odile}, ${idOf('lucien')})`);
	const post = {} as Record<PostState, string>;
	const option = {} as Record<PostState, string>;
	for (const state of postStates) {
		post[state] = await say(tx, state);
		option[state] = (await tx.one<{ id: string }>(
			sql`select id from feed.option where post_id = ${post[state]} order by position limit 1`,
		))!.id;
	}
	await putStates(tx, post);
	const [public_, villebrume, network, removed] = [post.public, post.villebrume, post.network, post.removed];
	await tx.run(
		sql`insert into feed.vote (person_id, option_id, post_id) values (${samuel}, ${option.network}, ${network})`,
	);
	await tx.run(
		sql`insert into feed.draft (person_id, place, text) values (${odile}, 'feed', 'canary-draft')`,
	);
	const comment = {
		public: await answer(tx, 'public', public_),
		villebrume: await answer(tx, 'villebrume', villebrume),
		network: await answer(tx, 'network', network),
		removed: await answer(tx, 'removed', villebrume),
		onRemoved: await answer(tx, 'on-removed', removed),
	};
	await tx.run(
		sql`update feed.comment set deleted_at = now() + interval '1 day', deleted_by = author_id where comment.id = ${comment.removed}`,
	);
	return { post, option, comment, file: await putFile(tx, post), ...(await putCases(tx, post)) };
}

function say(tx: Tx, state: PostState): Promise<string> {
	const {
		audience,
		unit = 'villebrume',
		as,
	}: {
		audience: (typeof states)[PostState]['audience'];
		unit?: 'villebrume' | 'valdorsande';
		as?: 'villebrume';
	} = states[state];
	return publishAs(tx, {
		authorId: as ? samuel : odile,
		asUnitId: as ? idOf(as) : null,
		unitId: audience === 'friends' ? null : idOf(unit),
		audience,
		text: `canary-post-${state}`,
		at: hourAgo,
		poll: { labels: ['oui', 'non'], several: false, endsAt: new Date(Date.now() + 86_400_000) },
	});
}

// A day ahead where the code counts seconds since: the state lasts as long as the run.
async function putStates(tx: Tx, post: Record<PostState, string>): Promise<void> {
	const set = (state: PostState, change: ReturnType<typeof sql>) =>
		tx.run(sql`update feed.post set ${change} where post.id = ${post[state]}`);
	await set('removed', sql`deleted_at = now() - interval '1 hour', deleted_by = author_id`);
	await set('justRemoved', sql`deleted_at = now() + interval '1 day', deleted_by = author_id`);
	await set('judgedAway', sql`deleted_at = now() + interval '1 day', deleted_by = ${samuel}::uuid`);
	await set('undone', sql`undone_at = now() - interval '1 hour'`);
	await set('waiting', sql`publish_after = now() + interval '1 day'`);
}

async function answer(tx: Tx, state: string, postId: string): Promise<string> {
	const id = idOf(`matrix comment ${state}`);
	await tx.run(
		sql`insert into feed.comment (id, post_id, author_id, text) values (${id}, ${postId}, ${odile}, ${`canary-comment-${state}`})`,
	);
	return id;
}

/** A document held by the post of the section, and one of the post to everybody. */
async function putFile(tx: Tx, post: Record<PostState, string>) {
	const held = async (state: PostState) => {
		const upload = await takeIn(new File([`canary-file-${state}`], `${state}.txt`, { type: 'text/plain' }));
		const id = await keepFile(tx, upload, { ownerId: odile, holder: 'feed.post', holderId: post[state] });
		await tx.run(sql`insert into feed.media (post_id, position, file_id) values (${post[state]}, 0, ${id})`);
		return id;
	};
	return {
		villebrume: await held('villebrume'),
		public: await held('public'),
		friends: await held('friends'),
		removed: await held('removed'),
	};
}

/** Inès reported a post; Paulo hid another, and a third whose author appeals. */
async function putCases(tx: Tx, post: Record<PostState, string>) {
	const [paulo, unit] = [idOf('paulo'), idOf('villebrume')];
	await tx.run(sql`insert into safety.report (id, reporter_id, kind, subject_id, place_id, author_id, host_id, unit_id, reason, note)
		values (${idOf('matrix report')}, ${ines}, 'post', ${post.network}, ${post.network}, ${odile}, ${odile}, ${unit}, 'attack', 'canary-report-note')`);
	const decide = async (name: string, subject: string) => {
		const id = idOf(`matrix decision ${name}`);
		await tx.run(sql`insert into safety.decision (id, kind, subject_id, place_id, author_id, unit_id, by_id, outcome, rule, note, words)
			values (${id}, 'post', ${subject}, ${subject}, ${odile}, ${unit}, ${paulo}, 'hide', 'attack', 'canary-decision-note', 'canary-judged-words')`);
		return id;
	};
	const decision = {
		hidden: await decide('hidden', post.hidden),
		appealed: await decide('appealed', post.members),
	};
	await tx.run(
		sql`insert into safety.hidden (kind, subject_id, place_id, decision_id) values ('post', ${post.hidden}, ${post.hidden}, ${decision.hidden})`,
	);
	const appeal = idOf('matrix appeal');
	await tx.run(sql`insert into safety.appeal (id, decision_id, person_id, text, due_at)
		values (${appeal}, ${decision.appealed}, ${odile}, 'canary-appeal', now() + interval '5 days')`);
	return { decision, appeal };
}
