import { listGroups, subjectsOf, type View, views } from '#domains/groups/index.ts';
import type { PageServerLoad } from './$types';

const addresses: Record<View, string> = {
	all: 'tous',
	mine: 'miens',
	official: 'officiels',
	made: 'libres',
	awake: 'actifs',
	asleep: 'endormis',
};

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const asked = (name: string) => url.searchParams.get(name)?.slice(0, 200) ?? '';
	const view = views.find((one) => addresses[one] === asked('vue')) ?? 'all';
	const [q, subject] = [asked('q').trim(), asked('sujet')];
	return {
		title: words.say('groups.directory'),
		list: await listGroups(viewer, { view, subject, q, after: asked('suite') }),
		subjects: await subjectsOf(viewer),
		asked: { q, view, subject, addresses },
	};
};
