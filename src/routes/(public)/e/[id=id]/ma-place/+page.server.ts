import { cancelVisit, confirmVisit, doorPicture, VisitorForm, visitorPage } from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { house, words }, params, url }) => {
	const cle = url.searchParams.get('cle')?.slice(0, 100) ?? '';
	const { event, place } = await visitorPage(params.id, cle);
	const title = words.say('events.your_place');
	const code = event && place.answer === 'coming' ? doorPicture(house, words, params.id, place.id) : null;
	return { title, frame: { wide: true }, event, place, code, cle, houseZone: house.timeZone };
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
