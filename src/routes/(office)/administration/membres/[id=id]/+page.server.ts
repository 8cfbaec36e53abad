import { EditTypeForm, keptTypes, renameType } from '#domains/admin/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const type = (await keptTypes(viewer)).find(({ id }) => id === params.id);
	if (!type) throw notFound();
	return { title: words.noun(type.name, 'one'), type };
};

export const actions = {
	edit: form(EditTypeForm, async (viewer, input, { params }) => {
		await renameType(viewer, params.id!, input);
		return { to: '/administration/membres', say: 'admin.types_done' };
	}),
} satisfies Actions;
