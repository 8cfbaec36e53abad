import { CancelForm, cancel, change, EditForm, editFields } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('missions.edit_title'),
	fields: await editFields(viewer, params.id),
});

export const actions = {
	change: form(EditForm, async (viewer, input, { params }) => {
		await change(viewer, params.id!, input);
		return { to: `/missions/${params.id}`, say: 'missions.changed' };
	}),
	cancel: form(CancelForm, async (viewer, input, { params }) => {
		await cancel(viewer, params.id!, input);
		return { to: `/missions/${params.id}`, say: 'missions.cancelled' };
	}),
} satisfies Actions;
