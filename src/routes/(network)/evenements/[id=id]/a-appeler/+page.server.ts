import { callList, OpenCallsForm, openCalls } from '#domains/events/index.ts';
import { shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('events.print_calls'),
	...(await callList(viewer, params.id)),
});

export const actions = {
	// Numbers are in the answer itself: no page that could be asked for again.
	open: shown(OpenCallsForm, async (viewer, _, { params }) => ({
		opened: await openCalls(viewer, params.id!),
	})),
} satisfies Actions;
