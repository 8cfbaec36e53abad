import {
	askCode,
	goOn,
	keepSaid,
	keepStep,
	nextOf,
	oidcLabel,
	PasswordSignInForm,
	SignInForm,
	saidOf,
	signInByPassword,
	whenceOf,
	withNext,
} from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import { followedTo } from '../bienvenue/invited.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, cookies }) => ({
	title: locals.words.say('people.sign_in_title'),
	byPassword: url.searchParams.get('avec') === 'mot-de-passe' || url.searchParams.has('/password'),
	next: nextOf(url),
	email: saidOf(cookies)?.email,
	external: await oidcLabel(),
});

export const actions = {
	code: form(SignInForm, async (viewer, input, event) => {
		const next = nextOf(event.url);
		const invitation = await followedTo(next);
		keepStep(event, 'code', await askCode(viewer, { ...input, invitation }, whenceOf(event)));
		keepSaid(event, { email: input.email });
		return { to: withNext('/connexion/code', next) };
	}),
	password: form(PasswordSignInForm, async (viewer, input, event) =>
		goOn(event, await signInByPassword(viewer, input, whenceOf(event))),
	),
} satisfies Actions;
