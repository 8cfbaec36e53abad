import { LinkForm, proveLink, whenceOf } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import { goOnInvited } from '../../bienvenue/invited.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, setHeaders }) => {
	// The address holds a key: it goes to no other site.
	setHeaders({ 'referrer-policy': 'no-referrer' });
	return {
		title: locals.words.say('people.link_title'),
		cle: url.searchParams.get('cle')?.slice(0, 100) ?? '',
	};
};

export const actions = {
	default: form(LinkForm, async (viewer, input, event) =>
		goOnInvited(event, await proveLink(viewer, input, whenceOf(event))),
	),
} satisfies Actions;
