import { makeRecoveryCodes } from '#domains/people/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words } }) => ({
	title: words.say('people.recovery_codes'),
});

export const actions = {
	// Shown in the answer itself, once: they are nowhere else.
	default: async ({ locals }) => ({ codes: await makeRecoveryCodes(locals.viewer) }),
} satisfies Actions;
