import { callableUnits, ProposeForm, propose } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('missions.idea_new'),
	units: await callableUnits(viewer),
});

export const actions = {
	propose: form(ProposeForm, async (viewer, input) => ({
		to: `/initiatives/${await propose(viewer, input)}`,
		say: 'missions.idea_published',
	})),
} satisfies Actions;
