import { redirect } from '@sveltejs/kit';
import { aboutSubject } from '#domains/feed/index.ts';
import { FollowForm, follow, showSubject } from '#domains/groups/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const page = await showSubject(viewer, params.slug);
	// One that was merged, or an id that a notice knows.
	if (page.subject.slug !== params.slug) redirect(303, `/sujets/${page.subject.slug}`);
	return {
		title: page.subject.name[words.language],
		page,
		said: await aboutSubject(viewer, page.subject.id),
	};
};

export const actions = {
	follow: form(FollowForm, async (viewer, input, { params }) => {
		await follow(viewer, params.slug!, input);
		return { say: 'groups.followed' };
	}),
} satisfies Actions;
