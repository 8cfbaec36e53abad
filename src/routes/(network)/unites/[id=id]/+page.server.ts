import * as v from 'valibot';
import { targetSaid, targetsOf } from '#domains/electoral-map/index.ts';
import { hostAt, nextOf } from '#domains/events/index.ts';
import { missionsOf } from '#domains/missions/index.ts';
import { changeUnit, leave, listUnits, newcomers, peopleToMeet, showUnit } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const unit = await showUnit(viewer, params.id);
	return {
		title: unit.name,
		unit,
		below: await listUnits(viewer, { parentId: unit.id, cursor: url.searchParams.get('suite') }),
		newcomers: unit.mine ? await newcomers(viewer, unit.id) : [],
		meet: unit.mine ? await peopleToMeet(viewer, unit.id) : [],
		targets: (await targetsOf(viewer, unit.id)).map((target) => targetSaid(words, target)),
		missions: await missionsOf(viewer, unit.id),
		events: await nextOf(viewer, unit.id),
		plan: (await hostAt(viewer, unit.id)) ? `/evenements/nouveau?unite=${unit.id}` : null,
		joinable: unit.may.join && unit.below === 0,
	};
};

export const actions = {
	join: form(v.object({}), async (viewer, _, { params }) => {
		await changeUnit(viewer, params.id!);
		return { say: 'territory.join_done' };
	}),
	leave: form(v.object({}), async (viewer, _, { params }) => {
		await leave(viewer, params.id!);
		return { say: 'territory.join_left', undo: { action: `/unites/${params.id}?/join`, fields: {} } };
	}),
};
