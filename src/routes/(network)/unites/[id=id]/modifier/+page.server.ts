import { EditForm, editPage, showUnit } from '#domains/territory/index.ts';
import { forbidden } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const unit = await showUnit(viewer, params.id);
	if (!unit.may.edit) throw forbidden();
	return { title: words.say('territory.unit_edit_title', { unit: unit.name }), unit };
};

export const actions = {
	save: form(EditForm, async (viewer, input, { params }) => {
		await editPage(viewer, params.id!, input);
		return { to: `/unites/${params.id}`, say: 'territory.unit_saved', draftDone: '*' };
	}),
};
