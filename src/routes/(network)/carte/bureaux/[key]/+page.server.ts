import { oursUnsaid, sheetShown, stationSheet } from '#domains/electoral-map/index.ts';
import type { PageServerLoad } from './$types';

/** One polling station beside its town. */
export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const found = await stationSheet(viewer, params.key, url.searchParams.get('scrutin'));
	const sheet = sheetShown(words, found);
	return { title: sheet.station.name, sheet, unsaid: await oursUnsaid(viewer, found.around) };
};
