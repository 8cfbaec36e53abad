import * as groups from '#domains/groups/index.ts';
import { form, shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, params }) => ({
	title: words.say('groups.links'),
	links: await groups.linksOf(viewer, params.id),
	group: await groups.showGroup(viewer, params.id),
	origin: house.origin,
});

export const actions = {
	// The secret is in the answer itself, once: no redirect.
	make: shown(groups.MakeLinkForm, async (viewer, input, { params }) => ({
		secret: await groups.makeLink(viewer, params.id!, input),
	})),
	end: form(groups.OneLink, async (viewer, { link }, { params }) => {
		await groups.endLink(viewer, params.id!, link);
		return { say: 'groups.link_ended' };
	}),
} satisfies Actions;
