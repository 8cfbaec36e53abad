import * as v from 'valibot';
import { acceptHandover, cancelHandover, confirmHandover, handoverPage } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** A handover under way, for its two people: what passes, and whose turn it is. */
export const load: PageServerLoad = async ({ locals, params }) => ({
	title: locals.words.say('territory.handover_title'),
	page: await handoverPage(locals.viewer, params.handover),
});

export const actions = {
	accept: form(v.object({}), async (viewer, _input, { params }) => {
		await acceptHandover(viewer, { handover: params.handover! });
		return { say: 'territory.handover_accepted' };
	}),
	confirm: form(v.object({}), async (viewer, _input, { params }) => {
		await confirmHandover(viewer, { handover: params.handover! });
		return { say: 'territory.handover_confirmed' };
	}),
	cancel: form(v.object({}), async (viewer, _input, { params }) => {
		await cancelHandover(viewer, { handover: params.handover! });
		return { say: 'territory.handover_was_cancelled' };
	}),
};
