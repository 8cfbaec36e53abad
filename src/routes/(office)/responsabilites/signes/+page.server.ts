import { sheetAsked, signs } from '#domains/vitals/index.ts';
import type { PageServerLoad } from './$types';

/** The signs that my units go quiet, and what to do about each. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const sheet = sheetAsked(url.searchParams.get('voir'));
	return {
		title: locals.words.say('vitals.title'),
		sheet,
		signs: await signs(locals.viewer, { sheet, after: url.searchParams.get('suite') }),
	};
};
