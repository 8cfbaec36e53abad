import { redirect } from '@sveltejs/kit';
import { enterWithFactor, FactorForm, goOn, stepOf, whenceOf } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words }, cookies }) => {
	if (!stepOf(cookies, 'factor')) redirect(303, '/connexion');
	return { title: words.say('people.factor_title'), intro: words.say('people.factor_intro') };
};

export const actions = {
	default: form(FactorForm, async (viewer, input, event) =>
		goOn(event, await enterWithFactor(viewer, stepOf(event.cookies, 'factor'), input, whenceOf(event))),
	),
} satisfies Actions;
