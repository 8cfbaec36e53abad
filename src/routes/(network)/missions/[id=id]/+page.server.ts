import { showMission } from '#domains/missions/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => {
	const one = await showMission(viewer, params.id);
	return { title: one.title, one };
};
