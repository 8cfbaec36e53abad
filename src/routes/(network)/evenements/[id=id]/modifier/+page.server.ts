import { CancelForm, ChangeForm, cancel, change, filledFrom, toChange } from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const event = await toChange(viewer, params.id);
	return { title: words.say('events.change_title'), event, filled: filledFrom(event) };
};

export const actions = {
	change: form(ChangeForm, async (viewer, input, { params }) => {
		await change(viewer, params.id!, input);
		return { to: `/evenements/${params.id}`, say: 'events.changed' };
	}),
	cancel: form(CancelForm, async (viewer, input, { params }) => {
		await cancel(viewer, params.id!, input);
		return { to: `/evenements/${params.id}`, say: 'events.cancelled_done' };
	}),
} satisfies Actions;
