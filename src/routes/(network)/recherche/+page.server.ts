import { type Group, groups, search } from '#domains/search/index.ts';
import type { PageServerLoad } from './$types';

const addresses: Record<Group, string> = {
	people: 'personnes',
	units: 'lieux',
	groups: 'groupes',
	events: 'evenements',
	missions: 'missions',
	initiatives: 'initiatives',
	petitions: 'petitions',
	posts: 'messages',
};

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const q = url.searchParams.get('q') ?? '';
	const within = groups.find((group) => addresses[group] === url.searchParams.get('dans')) ?? null;
	return { title: words.say('search.page'), results: await search(viewer, q, within), addresses };
};
