import { answersOf } from '#domains/events/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('events.answers'),
	...(await answersOf(viewer, params.id)),
});
