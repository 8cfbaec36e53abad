import { lettersOf } from '#domains/imports/index.ts';
import { qrPicture } from '#platform/qr/picture.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, params: { id } }) => {
	const url = `${house.origin}/bienvenue`;
	return {
		title: words.say('imports.letters_title'),
		id,
		letters: await lettersOf(viewer, id),
		address: url.replace(/^https?:\/\//, ''),
		picture: qrPicture(url, words.say('imports.letters_qr'), 200),
	};
};
