import { doorPicture, myCode } from '#domains/events/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, params }) => ({
	title: words.say('events.door_my_code'),
	event: { id: params.id, ...(await myCode(viewer, params.id)) },
	...doorPicture(house, words, params.id, viewer.id!),
});
