import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	followImport,
	invite,
	invitingOf,
	launch,
	secondsLeft,
	stepOf,
	undo,
} from '#domains/imports/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params: { id } }) => {
	const one = await followImport(viewer, id);
	if (one.state === 'uploaded' || one.state === 'checked') redirect(303, stepOf(one));
	return {
		title: words.say('imports.follow_title'),
		one,
		inviting: await invitingOf(viewer, one),
		now: new Date(),
		left: secondsLeft(one),
	};
};

export const actions = {
	undo: form(v.object({}), async (viewer, _, { params }) => {
		await undo(viewer, params.id!);
		return {};
	}),
	invite: form(v.object({}), async (viewer, _, { params }) => {
		await invite(viewer, params.id!);
		return { to: `/membres/importer/${params.id}/suivi#inviter` };
	}),
	again: form(v.object({}), async (viewer, _, { params }) => {
		await launch(viewer, params.id!, {});
		return {};
	}),
} satisfies Actions;
