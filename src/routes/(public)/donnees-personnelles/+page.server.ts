import { listUnits } from '#domains/territory/index.ts';
import { domains } from '#registry.ts';
import type { PageServerLoad } from './$types';

/** What is kept about people, for how long, and their rights: for everybody. */
export const load: PageServerLoad = async ({ locals: { viewer, words, house } }) => ({
	title: words.say('privacy.public_title'),
	contact: house.mailFrom,
	top: (await listUnits(viewer)).units[0],
	holders: domains.filter(({ privacy }) => privacy).map(({ name }) => name),
});
