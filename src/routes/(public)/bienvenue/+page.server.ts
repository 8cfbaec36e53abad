import { redirect } from '@sveltejs/kit';
import { arrivalOf, keepStep, nextStep, SignUpForm, startSignUp, whenceOf } from '#domains/people/index.ts';
import { showInvitation } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import { isActive } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	if (isActive(viewer)) redirect(303, nextStep(await arrivalOf(viewer)) ?? '/fil');
	const invitation = url.searchParams.get('invitation')?.slice(0, 64) ?? '';
	const found = invitation ? await showInvitation(invitation) : null;
	return {
		title: words.say('people.welcome'),
		frame: { coverSeed: found?.unit.id ?? 'welcome' },
		invitation,
		guest: found && { inviter: found.inviter, unit: found.unit.name },
	};
};

export const actions = {
	default: form(SignUpForm, async (viewer, input, event) => {
		keepStep(event, 'code', await startSignUp(viewer, input, whenceOf(event)));
		return { to: '/bienvenue/code' };
	}),
} satisfies Actions;
