import { redirect } from '@sveltejs/kit';
import {
	ColumnsForm,
	chooseColumns,
	fieldsOf,
	keepColumns,
	showImport,
	stepOf,
} from '#domains/imports/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const one = await showImport(viewer, params.id);
	if (!['uploaded', 'checked'].includes(one.state)) redirect(303, stepOf(one));
	return { title: words.say('imports.columns_title'), one, fields: fieldsOf(one.kind) };
};

export const actions = {
	choose: form(ColumnsForm, async (viewer, { field }, { params }) => {
		await chooseColumns(viewer, params.id!, field);
		return { to: `/membres/importer/${params.id}/suivi` };
	}),
	later: form(ColumnsForm, async (viewer, { field }, { params }) => {
		await keepColumns(viewer, params.id!, field);
		return { to: '/membres/importer', say: 'imports.kept_for_later' };
	}),
} satisfies Actions;
