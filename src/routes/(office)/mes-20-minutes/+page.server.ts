import * as v from 'valibot';
import { DecideForm, decideClaim, twentyMinutes, WelcomeForm, welcome } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** What the week asks of an officer, three things at most, each closed in place. */
export const load: PageServerLoad = async ({ locals }) => ({
	title: locals.words.say('territory.office_week_app'),
	...(await twentyMinutes(locals.viewer)),
});

const Welcome = v.object({ ...WelcomeForm.entries, unit: v.pipe(v.string(), v.uuid('app.invalid_value')) });

export const actions = {
	decide: form(DecideForm, async (viewer, input) => {
		await decideClaim(viewer, input);
		return { say: input.answer === 'grant' ? 'territory.claim_granted' : 'territory.claim_refused' };
	}),
	welcome: form(Welcome, async (viewer, { unit, ...input }) => {
		await welcome(viewer, unit, input);
		return { say: 'territory.office_week_thanks' };
	}),
};
