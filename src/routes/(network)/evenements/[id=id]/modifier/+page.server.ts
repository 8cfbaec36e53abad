import * as v from 'valibot';
import * as events from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const event = await events.toChange(viewer, params.id);
	return { title: words.say('events.change_title'), event, filled: events.filledFrom(event) };
};

export const actions = {
	change: form(events.ChangeForm, async (viewer, input, { params }) => {
		await events.change(viewer, params.id!, input);
		return { to: `/evenements/${params.id}`, say: 'events.changed' };
	}),
	cover: form(
		events.CoverForm,
		async (viewer, input, { params }) => {
			await events.setCover(viewer, params.id!, input);
			return { to: `/evenements/${params.id}`, say: 'events.cover_done' };
		},
		{ keepsFiles: true },
	),
	dropCover: form(v.object({}), async (viewer, _, { params }) => {
		await events.dropCover(viewer, params.id!);
		return { to: `/evenements/${params.id}/modifier`, say: 'events.cover_dropped' };
	}),
	cancel: form(events.CancelForm, async (viewer, input, { params }) => {
		await events.cancel(viewer, params.id!, input);
		return { to: `/evenements/${params.id}`, say: 'events.cancelled_done' };
	}),
} satisfies Actions;
