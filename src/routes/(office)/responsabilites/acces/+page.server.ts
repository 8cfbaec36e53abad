import { RefuseRecoveryForm, VouchForm } from '#domains/people/index.ts';
import { recoveriesToDecide, turnDown, vouchFor } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** People who lost every way in, and whom two officers who know them give one back. */
export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('territory.recovery_title'),
	requests: await recoveriesToDecide(viewer),
});

export const actions: Actions = {
	vouch: form(VouchForm, async (viewer, input) => ({
		say: (await vouchFor(viewer, input)) === 'done' ? 'territory.recovery_done' : 'territory.recovery_waits',
	})),
	refuse: form(RefuseRecoveryForm, async (viewer, input) => {
		await turnDown(viewer, input);
		return { say: 'territory.recovery_refused' };
	}),
};
