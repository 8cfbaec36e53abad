import { redirect } from '@sveltejs/kit';
import { goOn, NumberForm, proveNumber, stepOf, whenceOf } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words }, cookies }) => {
	if (!stepOf(cookies, 'number')) redirect(303, '/bienvenue');
	return {
		title: words.say('people.number_title'),
		frame: { title: words.say('people.number'), backHref: '/bienvenue' },
	};
};

export const actions = {
	default: form(NumberForm, async (viewer, input, event) =>
		goOn(event, await proveNumber(viewer, stepOf(event.cookies, 'number'), input, whenceOf(event))),
	),
} satisfies Actions;
