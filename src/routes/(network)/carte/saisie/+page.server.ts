import { talliesFor, tallySaid } from '#domains/electoral-map/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('electoral-map.entries_title'),
	tallies: (await talliesFor(viewer)).map((one) => tallySaid(words, one)),
});
