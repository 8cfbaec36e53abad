import { posterAddress, posterOf } from '#domains/events/index.ts';
import { qrPicture } from '#platform/qr/picture.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, params }) => {
	const poster = await posterOf(viewer, params.id);
	const url = posterAddress(house.origin, poster);
	const picture = qrPicture(url, words.say('events.print_qr'), 240);
	return {
		title: words.say('events.print_poster'),
		poster,
		address: url.replace(/^https?:\/\//, ''),
		picture,
	};
};
