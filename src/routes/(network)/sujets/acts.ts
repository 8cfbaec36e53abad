import type * as v from 'valibot';
import { type FeedForm, type FollowForm, follow, showAtHome, unfollow } from '#domains/groups/index.ts';
import type { Done } from '#platform/http/form.ts';
import type { Viewer } from '#platform/viewer.ts';

type Named = v.InferOutput<typeof FeedForm>;

/** Follows from the list, then shows the subject, where one says what one brings. */
export async function followOne(
	viewer: Viewer,
	{ subject, ...input }: Named & v.InferOutput<typeof FollowForm>,
): Promise<Done> {
	await follow(viewer, subject, input);
	return { to: `/sujets/${encodeURIComponent(subject)}`, say: 'groups.followed' };
}

/** Stops following; taking it back gives again what was said. */
export async function unfollowOne(viewer: Viewer, { subject }: Named): Promise<Done> {
	const was = await unfollow(viewer, subject);
	return {
		to: '/sujets',
		say: 'groups.unfollowed',
		undo: { action: '/sujets?/follow', fields: { subject, ...was } },
	};
}

/** Brings a subject back to the home feed. */
export async function show(viewer: Viewer, { subject }: Named): Promise<Done> {
	await showAtHome(viewer, subject, true);
	return { to: '/fil', say: 'groups.home_again' };
}

/** Takes a subject out of the home feed, from the post that came by it. */
export async function quiet(viewer: Viewer, { subject }: Named): Promise<Done> {
	await showAtHome(viewer, subject, false);
	const undo = { action: '/sujets?/show', fields: { subject } };
	return { to: '/fil', say: 'groups.home_no_more', undo };
}
