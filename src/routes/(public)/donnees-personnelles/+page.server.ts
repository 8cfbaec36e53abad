import { domains } from '#registry.ts';
import type { PageServerLoad } from './$types';

/** What is kept about people, for how long, and their rights: for everybody. */
export const load: PageServerLoad = ({ locals: { words, house } }) => ({
	title: words.say('privacy.public_title'),
	contact: house.mailFrom,
	holders: domains.filter(({ privacy }) => privacy).map(({ name }) => name),
});
