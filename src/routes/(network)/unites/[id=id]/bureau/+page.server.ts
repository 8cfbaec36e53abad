import * as v from 'valibot';
import {
	bureauOf,
	ClaimForm,
	claim,
	claimDays,
	EndTermForm,
	endTerm,
	WithdrawForm,
	withdrawClaim,
} from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** Who holds the offices of a unit; without officer, a member offers to take it. */
export const load: PageServerLoad = async ({ locals, params }) => ({
	title: locals.words.say('territory.office_page'),
	bureau: await bureauOf(locals.viewer, params.id),
	days: await claimDays(),
});

export const actions = {
	claim: form(v.omit(ClaimForm, ['unit']), async (viewer, input, { params }) => {
		await claim(viewer, { ...input, unit: params.id! });
		return { say: 'territory.claim_sent' };
	}),
	withdraw: form(WithdrawForm, async (viewer, input) => {
		await withdrawClaim(viewer, input);
		return { say: 'territory.claim_withdrawn' };
	}),
	end: form(EndTermForm, async (viewer, input) => {
		await endTerm(viewer, input);
		return { say: 'territory.term_ended' };
	}),
};
