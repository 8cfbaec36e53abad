import { talliesFor } from '#domains/missions/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('missions.tallies_title'),
	tallies: await talliesFor(viewer),
});
