import * as v from 'valibot';
import { FollowForm, follow, listSubjects, unfollow } from '#domains/groups/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('groups.subjects'),
	subjects: await listSubjects(viewer),
});

const Slug = v.object({
	subject: v.pipe(v.string('app.invalid_value'), v.maxLength(100, 'app.invalid_value')),
});

export const actions = {
	follow: form(Slug, async (viewer, { subject }) => {
		await follow(viewer, subject, v.parse(FollowForm, {}));
		return { to: `/sujets/${encodeURIComponent(subject)}`, say: 'groups.followed' };
	}),
	unfollow: form(Slug, async (viewer, { subject }) => {
		await unfollow(viewer, subject);
		return { say: 'groups.unfollowed', undo: { action: '/sujets?/follow', fields: { subject } } };
	}),
} satisfies Actions;
