import { FactorForm, keysOf, nextOf, stepUp, whenceOf, withNext } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import { keepSession } from '#platform/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, url }) => {
	const { passkeys, hasAuthenticator } = await keysOf(viewer);
	return {
		title: words.say('people.step_up_title'),
		intro: words.say('people.step_up_intro'),
		passkeyAt: passkeys.length ? `/connexion/cle?next=${encodeURIComponent(nextOf(url))}` : null,
		/** The cast of the demonstration has no key to show: choosing the person again gives a fresh factor. */
		demoAt: house.demo ? withNext('/demo', nextOf(url)) : null,
		hasApp: hasAuthenticator,
		hasNone: !hasAuthenticator && passkeys.length === 0,
	};
};

export const actions = {
	default: form(FactorForm, async (viewer, input, event) => {
		keepSession(event.cookies, event.url, await stepUp(viewer, input, whenceOf(event)));
		return { to: nextOf(event.url) };
	}),
} satisfies Actions;
