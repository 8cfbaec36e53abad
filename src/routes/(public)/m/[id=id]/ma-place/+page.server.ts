import { missionVisit } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { words }, params, url }) => {
	const cle = url.searchParams.get('cle')?.slice(0, 100) ?? '';
	const { mission, place } = await missionVisit.visitorPage(params.id, cle);
	return { title: words.say('missions.your_place'), mission, place, cle };
};

const back = (id: string | undefined, cle: string) => `/m/${id}/ma-place?cle=${encodeURIComponent(cle)}`;

export const actions = {
	confirm: form(missionVisit.VisitorForm, async (viewer, input, { params }) => {
		await missionVisit.confirm(viewer, params.id!, input);
		return { to: back(params.id, input.cle) };
	}),
	cancel: form(missionVisit.VisitorForm, async (viewer, input, { params }) => {
		await missionVisit.cancel(viewer, params.id!, input);
		return { to: back(params.id, input.cle) };
	}),
} satisfies Actions;
