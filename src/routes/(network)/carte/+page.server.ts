import { explore, isCounting, oursUnsaid, questionIn, shown } from '#domains/electoral-map/index.ts';
import type { PageServerLoad } from './$types';

/** Where to go first, and why: the map and its list. */
export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const found = await explore(viewer, questionIn(url.searchParams));
	return {
		title: words.say('electoral-map.title'),
		shown: shown(words, found),
		unsaid: await oursUnsaid(viewer, found),
		isCounting: await isCounting(viewer),
	};
};
