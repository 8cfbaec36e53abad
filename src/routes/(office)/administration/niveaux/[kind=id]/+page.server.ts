import {
	EditKindForm,
	editKind,
	kindPage,
	MoveLineForm,
	moveOffice,
	RemoveKindForm,
	removeKind,
} from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** One kind of unit: its name, what stands under it, its offices. */
export const load: PageServerLoad = async ({ locals, params }) => ({
	title: locals.words.say('territory.kind_app'),
	...(await kindPage(locals.viewer, params.kind)),
});

export const actions = {
	edit: form(EditKindForm, async (viewer, input) => {
		await editKind(viewer, input);
		return { say: 'app.saved' };
	}),
	remove: form(RemoveKindForm, async (viewer, input) => {
		await removeKind(viewer, input);
		return { to: '/administration/niveaux', say: 'territory.kind_removed' };
	}),
	moveOffice: form(MoveLineForm, async (viewer, input, { params }) => {
		await moveOffice(viewer, input);
		return { to: `/administration/niveaux/${params.kind}#${input.id}` };
	}),
};
