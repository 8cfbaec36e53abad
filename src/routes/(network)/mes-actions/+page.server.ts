import { actionsOf } from '#domains/missions/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('missions.mine_title'),
	actions: await actionsOf(viewer),
});
