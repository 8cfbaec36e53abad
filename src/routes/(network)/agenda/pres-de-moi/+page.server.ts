import { nearby, plot, rings } from '#domains/events/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const near = await nearby(viewer);
	return { title: words.say('events.near_title'), near, rings, map: plot(near.events) };
};
