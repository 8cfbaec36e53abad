import { EditForm, edit, showGroup, subjectsOf } from '#domains/groups/index.ts';
import { forbidden } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const group = await showGroup(viewer, params.id);
	if (!group.may.lead) throw forbidden();
	return { title: words.say('groups.edit'), group, subjects: await subjectsOf(viewer) };
};

export const actions = {
	edit: form(EditForm, async (viewer, input, { params }) => {
		await edit(viewer, params.id!, input);
		return { to: `/groupes/${params.id}`, say: 'app.saved' };
	}),
} satisfies Actions;
