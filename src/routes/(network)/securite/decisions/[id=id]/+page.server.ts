import { AppealForm, appeal, decisionOf } from '#domains/safety/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('safety.decision'),
	decision: await decisionOf(viewer, params.id),
});

export const actions = {
	appeal: form(AppealForm, async (viewer, input, { params }) => {
		await appeal(viewer, params.id!, input);
		return { say: 'safety.appeal_done' };
	}),
} satisfies Actions;
