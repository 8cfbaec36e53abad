import { whoOpenedMe, whoSeesMe } from '#domains/profiles/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const [watchers, openings] = await Promise.all([whoSeesMe(viewer), whoOpenedMe(viewer)]);
	return { title: words.say('profiles.who_sees'), seen: { watchers, openings } };
};
