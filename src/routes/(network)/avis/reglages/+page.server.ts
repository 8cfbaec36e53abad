import { ChoicesForm, choicesOf, choose } from '#domains/notices/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('notices.settings'),
	choices: await choicesOf(viewer),
});

export const actions = {
	choose: form(ChoicesForm, async (viewer, input) => {
		await choose(viewer, input);
		return { say: 'app.saved' };
	}),
} satisfies Actions;
