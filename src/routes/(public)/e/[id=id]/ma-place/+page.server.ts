import {
	cancelVisit,
	confirmVisit,
	doorPicture,
	showPublicEvent,
	VisitorForm,
	visitorPlace,
} from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { house, words }, params, url }) => {
	const cle = url.searchParams.get('cle')?.slice(0, 100) ?? '';
	const [event, place] = [await showPublicEvent(params.id), await visitorPlace(params.id, cle)];
	return {
		title: words.say('events.your_place'),
		frame: { wide: true },
		event,
		place,
		code: place.answer === 'coming' ? doorPicture(house, words, params.id, place.id) : null,
		cle,
		houseZone: house.timeZone,
	};
};

const back = (id: string | undefined, cle: string) => `/e/${id}/ma-place?cle=${encodeURIComponent(cle)}`;

export const actions = {
	confirm: form(VisitorForm, async (viewer, input, { params }) => {
		await confirmVisit(viewer, params.id!, input);
		return { to: back(params.id, input.cle) };
	}),
	cancel: form(VisitorForm, async (viewer, input, { params }) => {
		await cancelVisit(viewer, params.id!, input);
		return { to: back(params.id, input.cle) };
	}),
} satisfies Actions;
