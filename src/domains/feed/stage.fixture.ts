import { beforeAll } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { comment } from './comment.ts';
import { type Publication, publish } from './publish.ts';

export { stage as feedStage };

/** Every table that keeps words, or what was answered to them. */
export const wordsKept = [
	'feed.post',
	'feed.comment',
	'feed.thanks',
	'feed.vote',
	'feed.option',
	'feed.mention',
];

/** Who talks in `conversation()`: a member, another one, and the officer of their section. */
export let odile: Viewer;
export let mathis: Viewer;
export let samuel: Viewer;

/** A stage with three people already signed in. */
export function conversation(): void {
	stage();
	beforeAll(async () => {
		[odile, mathis, samuel] = [await as('odile'), await as('mathis'), await as('samuel')];
	});
}

/** Comments a post as a form would; gives the comment's id. */
export const answers = (who: Viewer, post: string, text: string, reply_to = '') =>
	comment(who, post, { text, reply_to });

/** Two people become friends. */
export const befriend = (one: CastName, other: CastName) =>
	asSystem('test', async (tx) => {
		await tx.run(
			sql`insert into friends.link (person_id, friend_id) values (${idOf(one)}, ${idOf(other)}), (${idOf(other)}, ${idOf(one)}) on conflict do nothing`,
		);
	});

/** One blocks the other. */
export const block = (one: CastName, other: CastName) =>
	asSystem('test', (tx) =>
		tx.run(
			sql`insert into safety.block (person_id, blocked_id) values (${idOf(one)}, ${idOf(other)}) on conflict do nothing`,
		),
	);

/** Moderation hides something. */
export const hide = (kind: 'post' | 'comment', id: string) =>
	asSystem('test', (tx) =>
		tx.run(
			sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
				values (${kind}, ${id}, coalesce((select comment.post_id from feed.comment where comment.id = ${id}::uuid), ${id}::uuid), ${idOf('a decision')})`,
		),
	);

const plain: Publication = {
	text: '',
	audience: { audience: 'unit', unitId: idOf('villebrume') },
	as: '',
	link_url: '',
	video_url: '',
	photos: [],
	descriptions: [],
	options: [],
	poll_days: '7',
	public_ok: 'on',
};

/** Publishes as a form would. */
export const say = (viewer: Viewer, text: string, more: Partial<Publication> = {}) =>
	publish(viewer, { ...plain, text, ...more });

/** The ten seconds are over. */
export const later = (id: string) =>
	asSystem('test', (tx) =>
		tx.run(sql`update feed.post set publish_after = now() - interval '1 second' where post.id = ${id}::uuid`),
	);

/** Publishes, ten seconds ago. */
export async function said(viewer: Viewer, text: string, more: Partial<Publication> = {}): Promise<string> {
	const id = await say(viewer, text, more);
	await later(id);
	return id;
}

/** An audience as the form gives it. */
export const to = (audience: 'public' | 'network' | 'members' | 'friends') => ({
	audience: { audience, unitId: null },
});
