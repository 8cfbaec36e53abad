import {
	caseToJudge,
	DecideForm,
	houseRules,
	judge,
	kindNamed,
	suspensionDays,
} from '#domains/safety/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('safety.decision'),
	page: {
		...(await caseToJudge(viewer, kindNamed(params.kind), params.id)),
		...{ rules: houseRules, days: suspensionDays },
	},
});

export const actions = {
	decide: form(DecideForm, async (viewer, input, { params }) => {
		await judge(viewer, { kind: kindNamed(params.kind), id: params.id! }, input);
		return { to: '/moderation', say: 'safety.decide_done' };
	}),
} satisfies Actions;
