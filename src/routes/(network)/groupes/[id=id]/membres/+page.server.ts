import { peopleOf, showGroup } from '#domains/groups/index.ts';
import { search } from '#domains/search/index.ts';
import type { PageServerLoad } from './$types';

export { actions } from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const group = await showGroup(viewer, params.id);
	const q = url.searchParams.get('qui')?.slice(0, 100).trim() ?? '';
	return {
		title: words.say('groups.members_title', { name: group.name }),
		group,
		people: await peopleOf(viewer, params.id, url.searchParams.get('suite')),
		q,
		found: group.may.invite && q ? (await search(viewer, q, 'people')).people.slice(0, 12) : [],
	};
};
