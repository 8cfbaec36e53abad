import * as v from 'valibot';
import {
	AssignForm,
	assign,
	publishTargets,
	selectionSaid,
	selectionSheet,
	withdrawTargets,
} from '#domains/electoral-map/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params: { id } }) => {
	const shown = selectionSaid(words, await selectionSheet(viewer, id));
	return { title: shown.name, shown };
};

export const actions = {
	assign: form(AssignForm, async (viewer, input, { params }) => {
		await assign(viewer, params.id!, input);
		return { say: 'app.saved' };
	}),
	publish: form(v.object({}), async (viewer, _, { params }) => {
		await publishTargets(viewer, params.id!);
		return { say: 'electoral-map.selection_published_note' };
	}),
	withdraw: form(v.object({}), async (viewer, _, { params }) => {
		await withdrawTargets(viewer, params.id!);
		return { say: 'electoral-map.selection_withdrawn_note' };
	}),
} satisfies Actions;
