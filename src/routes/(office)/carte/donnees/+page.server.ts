import { putBack, RestoreForm, receive, SendForm, shelf } from '#domains/electoral-map/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('electoral-map.files_title'),
	shelf: await shelf(viewer),
});

export const actions = {
	send: form(SendForm, async (viewer, input) => ({ to: `/carte/donnees/${await receive(viewer, input)}` })),
	restore: form(RestoreForm, async (viewer, input) => {
		await putBack(viewer, input);
		return { say: 'electoral-map.files_restored' };
	}),
} satisfies Actions;
