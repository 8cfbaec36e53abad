import {
	askEmailChange,
	changeEmail,
	dropStep,
	EmailCodesForm,
	EmailForm,
	keepPass,
	keepStep,
	keysOf,
	stepOf,
	whenceOf,
} from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, cookies }) => ({
	title: words.say('people.email_change'),
	email: (await keysOf(viewer)).email,
	isWaiting: stepOf(cookies, 'email') !== null,
});

export const actions = {
	ask: form(EmailForm, async (viewer, input, event) => {
		keepStep(event, 'email', await askEmailChange(viewer, input, whenceOf(event)));
		return { say: 'people.email_codes_sent' };
	}),
	confirm: form(EmailCodesForm, async (viewer, input, event) => {
		keepPass(event, await changeEmail(viewer, stepOf(event.cookies, 'email'), input, whenceOf(event)));
		dropStep(event.cookies, 'email');
		return { to: '/compte', say: 'people.email_changed' };
	}),
} satisfies Actions;
