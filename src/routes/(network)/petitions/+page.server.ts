import { callableUnits, petitionsFor } from '#domains/missions/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const [petitions, units] = await Promise.all([petitionsFor(viewer), callableUnits(viewer)]);
	return { title: words.say('missions.petitions_title'), petitions, mayLaunch: units.length > 0 };
};
