import * as v from 'valibot';
import { dropSending, place, SayForm, sayOf, showSending } from '#domains/electoral-map/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params: { id } }) => ({
	title: words.say('electoral-map.sending_title'),
	one: await showSending(viewer, id),
});

export const actions = {
	say: form(SayForm, async (viewer, input, { params }) => {
		await sayOf(viewer, params.id!, input);
		return {};
	}),
	place: form(v.object({}), async (viewer, _, { params }) => {
		await place(viewer, params.id!);
		return { say: 'electoral-map.sending_placed_note' };
	}),
	drop: form(v.object({}), async (viewer, _, { params }) => {
		await dropSending(viewer, params.id!);
		return { to: '/carte/donnees', say: 'electoral-map.sending_dropped_note' };
	}),
} satisfies Actions;
