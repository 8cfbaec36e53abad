import {
	claimsToDecide,
	DecideForm,
	decideClaim,
	ownHandovers,
	ownTerms,
	recoveriesToCount,
	unitsWithoutOfficer,
} from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** My offices, what passes from hand to hand, and what waits for my decision. */
export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('territory.office_mine'),
	terms: await ownTerms(viewer),
	passing: await ownHandovers(viewer),
	claims: await claimsToDecide(viewer),
	unled: (await unitsWithoutOfficer(viewer)).count,
	recoveries: await recoveriesToCount(viewer),
});

export const actions = {
	decide: form(DecideForm, async (viewer, input) => {
		await decideClaim(viewer, input);
		return { say: input.answer === 'grant' ? 'territory.claim_granted' : 'territory.claim_refused' };
	}),
};
