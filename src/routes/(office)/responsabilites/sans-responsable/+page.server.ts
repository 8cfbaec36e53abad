import { unitsWithoutOfficer } from '#domains/territory/index.ts';
import type { PageServerLoad } from './$types';

/** The units of my territory that nobody leads. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const found = await unitsWithoutOfficer(locals.viewer, url.searchParams.get('apres'));
	return { title: locals.words.say('territory.office_unled', { n: found.count }), ...found };
};
