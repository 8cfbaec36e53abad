import { appealOf, HearForm, hearAppeal } from '#domains/safety/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('safety.appeal'),
	decision: await appealOf(viewer, params.id),
});

export const actions = {
	hear: form(HearForm, async (viewer, input, { params }) => {
		await hearAppeal(viewer, params.id!, input);
		return { to: '/moderation', say: 'safety.answer_done' };
	}),
} satisfies Actions;
