import { askRecovery, RecoveryForm, recoveryDays, whenceOf } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({ title: locals.words.say('people.cannot_enter') });

export const actions = {
	default: form(RecoveryForm, async (viewer, input, event) => {
		await askRecovery(viewer, input, whenceOf(event));
		return { to: '/connexion', say: 'people.recovery_asked', args: { days: recoveryDays } };
	}),
} satisfies Actions;
