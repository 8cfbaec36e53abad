import { AttendForm, attend, CloseForm, close, missionToSettle } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('missions.close_title'),
	one: await missionToSettle(viewer, params.id),
});

export const actions = {
	close: form(CloseForm, async (viewer, input, { params }) => {
		await close(viewer, params.id!, input);
		return { to: `/missions/${params.id}`, say: 'missions.close_done' };
	}),
	attend: form(AttendForm, async (viewer, input, { params }) => {
		await attend(viewer, params.id!, input);
		return { to: `/missions/${params.id}`, say: 'missions.attended' };
	}),
} satisfies Actions;
