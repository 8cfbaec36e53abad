import { missionVisit, showPublicMission } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import { isActive } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, house }, params }) => {
	const one = await showPublicMission(params.id);
	return { title: one.title, one, origin: house.origin, visiting: !isActive(viewer) };
};

export const actions = {
	visit: form(missionVisit.VisitForm, async (viewer, input, { params, getClientAddress, locals }) => {
		const whence = { ip: getClientAddress(), language: locals.words.language };
		await missionVisit.visit(viewer, params.id!, input, whence);
		return { to: `/m/${params.id}`, say: 'people.visit_sent' };
	}),
} satisfies Actions;
