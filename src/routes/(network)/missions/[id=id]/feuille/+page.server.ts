import { missionSheet } from '#domains/missions/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('missions.print_title'),
	one: await missionSheet(viewer, params.id),
});
