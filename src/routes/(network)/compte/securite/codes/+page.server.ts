import * as v from 'valibot';
import { makeRecoveryCodes } from '#domains/people/index.ts';
import { shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words } }) => ({
	title: words.say('people.recovery_codes'),
});

export const actions = {
	// Shown in the answer itself, once: they are nowhere else.
	default: shown(v.object({}), async (viewer) => ({ codes: await makeRecoveryCodes(viewer) })),
} satisfies Actions;
