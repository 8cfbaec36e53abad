import * as v from 'valibot';
import {
	CloseForm,
	CoverForm,
	CreateForm,
	closeUnit,
	coverZones,
	createUnit,
	MoveForm,
	moveUnit,
	placesFor,
	RenameForm,
	renameUnit,
	reopenUnit,
	showUnit,
} from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const places = await placesFor(viewer, params.id);
	const unit = await showUnit(viewer, params.id);
	return { title: words.say('territory.unit_structure_title', { unit: unit.name }), unit, places };
};

export const actions = {
	create: form(CreateForm, async (viewer, input, { params }) => ({
		to: `/unites/${await createUnit(viewer, params.id!, input)}`,
		say: 'territory.unit_created',
	})),
	rename: form(RenameForm, async (viewer, input, { params }) => {
		await renameUnit(viewer, params.id!, input);
		return { say: 'app.saved' };
	}),
	move: form(MoveForm, async (viewer, input, { params }) => {
		await moveUnit(viewer, params.id!, input);
		return { say: 'territory.unit_moved' };
	}),
	cover: form(CoverForm, async (viewer, input, { params }) => {
		await coverZones(viewer, params.id!, input);
		return { say: 'app.saved' };
	}),
	close: form(CloseForm, async (viewer, input, { params }) => {
		await closeUnit(viewer, params.id!, input);
		return {
			say: 'territory.unit_closed',
			undo: { action: `/unites/${params.id}/structure?/reopen`, fields: {} },
		};
	}),
	reopen: form(v.object({}), async (viewer, _, { params }) => {
		await reopenUnit(viewer, params.id!);
		return { say: 'territory.unit_reopened' };
	}),
};
