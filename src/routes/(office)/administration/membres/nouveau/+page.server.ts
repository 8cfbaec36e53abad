import { addType, CreateTypeForm, keptTypes } from '#domains/admin/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	await keptTypes(viewer);
	return { title: words.say('admin.types_add') };
};

export const actions = {
	create: form(CreateTypeForm, async (viewer, input) => {
		await addType(viewer, input);
		return { to: '/administration/membres', say: 'admin.types_created' };
	}),
} satisfies Actions;
