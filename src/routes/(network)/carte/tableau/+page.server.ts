import { explore, questionIn, shown } from '#domains/electoral-map/index.ts';
import type { PageServerLoad } from './$types';

/** The same stations as a table. */
export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const question = questionIn(url.searchParams);
	return {
		title: words.say('electoral-map.title'),
		shown: shown(words, await explore(viewer, question), question.sort),
	};
};
