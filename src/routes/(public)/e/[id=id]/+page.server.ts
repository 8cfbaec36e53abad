import { reportOf, showPublicEvent, VisitForm, visit } from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import { isActive, visitor } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, house }, params }) => {
	const event = await showPublicEvent(params.id);
	return {
		title: event.title,
		frame: { wide: true },
		event,
		report: await reportOf(visitor, params.id),
		houseZone: house.timeZone,
		origin: house.origin,
		visiting: !isActive(viewer),
	};
};

export const actions = {
	visit: form(VisitForm, async (viewer, input, { params, getClientAddress, locals }) => {
		await visit(viewer, params.id!, input, { ip: getClientAddress(), language: locals.words.language });
		return { to: `/e/${params.id}`, say: 'people.visit_sent' };
	}),
} satisfies Actions;
