import { redirect } from '@sveltejs/kit';
import {
	AppCodeForm,
	confirmAuthenticator,
	keysOf,
	offerAuthenticator,
	whenceOf,
} from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import { keepSession } from '#platform/http/session-cookie.ts';
import { qrPicture } from '#platform/qr/picture.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	if ((await keysOf(viewer)).hasAuthenticator) redirect(303, '/compte/securite');
	const enrolment = await offerAuthenticator(viewer);
	return {
		title: words.say('people.authenticator'),
		...enrolment,
		picture: qrPicture(enrolment.address, words.say('people.app_picture')),
	};
};

export const actions = {
	default: form(AppCodeForm, async (viewer, input, event) => {
		keepSession(event.cookies, event.url, await confirmAuthenticator(viewer, input, whenceOf(event)));
		return { to: '/compte/securite/codes', say: 'people.authenticator_added' };
	}),
} satisfies Actions;
