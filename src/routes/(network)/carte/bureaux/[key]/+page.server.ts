import { sheetShown, stationSheet } from '#domains/electoral-map/index.ts';
import type { PageServerLoad } from './$types';

/** One polling station beside its town. */
export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const sheet = sheetShown(words, await stationSheet(viewer, params.key, url.searchParams.get('scrutin')));
	return { title: sheet.station.name, sheet };
};
