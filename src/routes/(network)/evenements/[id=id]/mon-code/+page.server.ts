import { doorAddress, myCode } from '#domains/events/index.ts';
import { qrPicture } from '#platform/qr/picture.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, params }) => {
	const event = { id: params.id, ...(await myCode(viewer, params.id)) };
	const address = doorAddress(house.origin, params.id, event.code);
	const picture = qrPicture(address, words.say('events.door_code_picture'), 280);
	return { title: words.say('events.door_my_code'), event, picture };
};
