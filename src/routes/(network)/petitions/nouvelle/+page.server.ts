import { callableUnits, LaunchForm, petition } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('missions.petition_new'),
	units: await callableUnits(viewer),
});

export const actions = {
	launch: form(LaunchForm, async (viewer, input) => ({
		to: `/petitions/${await petition.launch(viewer, input)}`,
		say: 'missions.petition_launched',
	})),
} satisfies Actions;
