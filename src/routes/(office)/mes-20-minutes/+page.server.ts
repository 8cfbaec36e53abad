import * as v from 'valibot';
import { questionsWaiting } from '#domains/events/index.ts';
import {
	atOnce,
	DecideForm,
	decideClaim,
	twentyMinutes,
	WelcomeForm,
	welcome,
} from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** What the week asks of an officer, three things at most, each closed in place. */
export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const [{ tasks, count }, questions] = [await twentyMinutes(viewer), await questionsWaiting(viewer, atOnce)];
	// What somebody waits for first: who has just arrived is greeted after.
	const pressing = tasks.filter(({ kind }) => kind !== 'newcomer').length;
	const asked = questions.rows.slice(0, atOnce - pressing);
	return {
		title: words.say('territory.office_week_app'),
		tasks: tasks.slice(0, atOnce - asked.length),
		asked,
		count: count + questions.count,
	};
};

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
