import { talliesFor } from '#domains/missions/index.ts';
import { notFound } from '#platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const tallies = await talliesFor(viewer);
	if (!tallies.length) throw notFound();
	return { title: words.say('missions.tallies_title'), tallies };
};
