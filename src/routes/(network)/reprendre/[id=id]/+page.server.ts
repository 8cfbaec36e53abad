import * as v from 'valibot';
import { form } from '#platform/http/form.ts';
import { dropUnsent, textsOf, unsentOf } from '#platform/http/unsent.ts';
import type { Actions, PageServerLoad } from './$types';

/** What one wrote when a proof was asked first: there again, and sent by one button. */
export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const unsent = await unsentOf(viewer, params.id);
	const page = new URL(unsent.action, url).pathname;
	return { title: words.say('shell.unsent_title'), id: params.id, unsent, texts: textsOf(unsent), page };
};

export const actions: Actions = {
	drop: form(v.object({}), async (viewer, _, { params }) => {
		await dropUnsent(viewer, params.id!);
		return { to: '/compte', say: 'shell.unsent_dropped' };
	}),
};
