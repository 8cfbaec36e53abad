import { callableUnits, ideasFor } from '#domains/missions/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const [ideas, units] = await Promise.all([ideasFor(viewer), callableUnits(viewer)]);
	return { title: words.say('missions.ideas_title'), ideas, mayPropose: units.length > 0 };
};
