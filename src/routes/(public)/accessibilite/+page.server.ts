import { listUnits } from '#domains/territory/index.ts';
import type { PageServerLoad } from './$types';

/** How far the network may be used by everybody, what is known to be weak, and whom to tell: for everybody. */
export const load: PageServerLoad = async ({ locals: { viewer, words, house } }) => ({
	title: words.say('shell.access_title'),
	contact: house.mailFrom,
	top: (await listUnits(viewer)).units[0],
});
