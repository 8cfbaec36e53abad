import { redirect } from '@sveltejs/kit';
import { CodeForm, proveCode, saidOf, stepOf, whenceOf } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import { goOnInvited } from '../invited.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words }, cookies }) => {
	if (!stepOf(cookies, 'code')) redirect(303, '/bienvenue');
	return {
		title: words.say('people.code_title'),
		email: saidOf(cookies)?.email,
		frame: { title: words.say('people.code_title'), backHref: '/bienvenue' },
	};
};

export const actions = {
	default: form(CodeForm, async (viewer, input, event) =>
		goOnInvited(event, await proveCode(viewer, stepOf(event.cookies, 'code'), input, whenceOf(event))),
	),
} satisfies Actions;
