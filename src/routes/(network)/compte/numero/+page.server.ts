import {
	CodeForm,
	claimNumber,
	dropStep,
	goOn,
	keepStep,
	mergeByNumber,
	NumberForm,
	stepOf,
	whenceOf,
} from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words }, cookies }) => ({
	title: words.say('people.number_mine'),
	isWaiting: stepOf(cookies, 'merge') !== null,
});

export const actions = {
	ask: form(NumberForm, async (viewer, input, event) => {
		keepStep(event, 'merge', await claimNumber(viewer, input, whenceOf(event)));
		return { say: 'people.number_sent' };
	}),
	confirm: form(CodeForm, async (viewer, input, event) => {
		const entered = await mergeByNumber(viewer, stepOf(event.cookies, 'merge'), input, whenceOf(event));
		dropStep(event.cookies, 'merge');
		return { ...goOn(event, entered), say: 'people.number_merged' };
	}),
} satisfies Actions;
