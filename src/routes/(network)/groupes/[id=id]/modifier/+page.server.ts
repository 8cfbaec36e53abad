import * as v from 'valibot';
import {
	CoverForm,
	dropCover,
	EditForm,
	edit,
	setCover,
	showGroup,
	subjectsOf,
} from '#domains/groups/index.ts';
import { forbidden } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const group = await showGroup(viewer, params.id);
	if (!group.may.lead) throw forbidden();
	return { title: words.say('groups.edit'), group, subjects: await subjectsOf(viewer) };
};

export const actions = {
	cover: form(
		CoverForm,
		async (viewer, input, { params }) => {
			await setCover(viewer, params.id!, input);
			return { to: `/groupes/${params.id}`, say: 'groups.cover_done' };
		},
		{ keepsFiles: true },
	),
	dropCover: form(v.object({}), async (viewer, _, { params }) => {
		await dropCover(viewer, params.id!);
		return { to: `/groupes/${params.id}/modifier`, say: 'groups.cover_dropped' };
	}),
	edit: form(EditForm, async (viewer, input, { params }) => {
		await edit(viewer, params.id!, input);
		return { to: `/groupes/${params.id}`, say: 'app.saved' };
	}),
} satisfies Actions;
