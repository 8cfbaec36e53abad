import { redirect } from '@sveltejs/kit';
import { CodeForm, nextOf, proveCode, saidOf, stepOf, whenceOf, withNext } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import { goOnInvited } from '../../bienvenue/invited.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, cookies, url }) => {
	const again = withNext('/connexion', nextOf(url));
	if (!stepOf(cookies, 'code')) redirect(303, again);
	return { title: locals.words.say('people.code_title'), again, email: saidOf(cookies)?.email };
};

export const actions = {
	default: form(CodeForm, async (viewer, input, event) =>
		goOnInvited(event, await proveCode(viewer, stepOf(event.cookies, 'code'), input, whenceOf(event))),
	),
} satisfies Actions;
