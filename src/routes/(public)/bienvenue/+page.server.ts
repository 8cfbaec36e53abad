import { redirect } from '@sveltejs/kit';
import {
	arrivalOf,
	keepSaid,
	keepStep,
	nextStep,
	SignUpForm,
	saidOf,
	startSignUp,
	stepOf,
	whenceOf,
} from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import { isActive } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';
import { invitedBy } from './invited.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, url, cookies }) => {
	if (isActive(viewer)) redirect(303, nextStep(await arrivalOf(viewer)) ?? '/fil');
	const invitation = url.searchParams.get('invitation')?.slice(0, 64) ?? '';
	const found = invitation ? await invitedBy(invitation) : null;
	return {
		title: words.say('people.welcome'),
		frame: { coverSeed: found?.seed ?? 'welcome' },
		invitation,
		said: stepOf(cookies, 'code') ? saidOf(cookies) : null,
		byInvitation: house.signUp === 'invited' && !found,
		guest: found && { inviter: found.inviter, unit: found.unit },
	};
};

export const actions = {
	default: form(SignUpForm, async (viewer, { invitation, ...input }, event) => {
		// Only an invitation that opens something is kept: it may be what lets them in.
		const found = invitation && (await invitedBy(invitation));
		const kept = found && { invitation: found.kept };
		keepStep(event, 'code', await startSignUp(viewer, { ...input, ...kept }, whenceOf(event)));
		keepSaid(event, { name: input.name.slice(0, 160), email: input.fix ?? input.email });
		return { to: '/bienvenue/code' };
	}),
} satisfies Actions;
