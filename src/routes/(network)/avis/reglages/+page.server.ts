import { ChoicesForm, choicesOf, choose, keepQuiet, QuietForm, quietOf } from '#domains/notices/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('notices.settings'),
	settings: { tables: await choicesOf(viewer), quiet: await quietOf(viewer) },
});

export const actions = {
	choose: form(ChoicesForm, async (viewer, input) => {
		await choose(viewer, input);
		const { kind, id } = input.scope;
		return { say: 'app.saved', ...(kind !== 'all' && { to: `/avis/reglages#pour-${id}` }) };
	}),
	quiet: form(QuietForm, async (viewer, input) => {
		await keepQuiet(viewer, input);
		return { say: 'app.saved' };
	}),
} satisfies Actions;
