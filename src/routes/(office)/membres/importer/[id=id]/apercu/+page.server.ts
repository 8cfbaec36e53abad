import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { drop, LaunchForm, launch, preview, samplesOf, showImport, stepOf } from '#domains/imports/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params: { id } }) => {
	const one = await showImport(viewer, id);
	if (one.state !== 'checked') redirect(303, stepOf(one));
	return {
		title: words.say('imports.preview_title'),
		one,
		preview: await preview(viewer, id),
		samples: await samplesOf(viewer, id),
	};
};

export const actions = {
	launch: form(LaunchForm, async (viewer, input, { params }) => {
		await launch(viewer, params.id!, input);
		return { to: `/membres/importer/${params.id}/suivi` };
	}),
	drop: form(v.object({}), async (viewer, _, { params }) => {
		await drop(viewer, params.id!);
		return { to: '/membres/importer', say: 'imports.dropped' };
	}),
} satisfies Actions;
