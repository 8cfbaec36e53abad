import { talliesFor, tallySaid } from '#domains/electoral-map/index.ts';
import { held } from '#ui/held.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('electoral-map.entries_title'),
	tallies: held((await talliesFor(viewer)).map((one) => tallySaid(words, one))),
});
