import { EditForm, edit, toEdit } from '#domains/feed/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	title: locals.words.say('feed.edit_title'),
	post: await toEdit(locals.viewer, params.id),
});

export const actions: Actions = {
	edit: form(EditForm, async (viewer, input, { params }) => {
		await edit(viewer, params.id!, input);
		return { to: `/publications/${params.id}`, say: 'feed.post_edited' };
	}),
};
