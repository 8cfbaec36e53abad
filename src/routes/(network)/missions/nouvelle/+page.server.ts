import {
	CreateForm,
	callableUnits,
	create,
	createFromTargets,
	FromTargetsForm,
	targetsToCall,
} from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const [chosen, unit] = [url.searchParams.get('cibles'), url.searchParams.get('unite')];
	if (isId(chosen))
		return {
			title: words.say('missions.targets_title'),
			targets: await targetsToCall(viewer, chosen),
			...{ units: [], unit: '', idea: null },
		};
	const units = await callableUnits(viewer);
	const idea = isId(url.searchParams.get('idee')) ? url.searchParams.get('idee') : null;
	return {
		title: words.say('missions.new_title'),
		targets: null,
		units,
		idea,
		unit: unit ?? units[0]?.id ?? '',
	};
};

export const actions = {
	create: form(CreateForm, async (viewer, input) => ({
		to: `/missions/${await create(viewer, input)}`,
		say: 'missions.created',
	})),
	fromTargets: form(FromTargetsForm, async (viewer, input) => {
		const n = await createFromTargets(viewer, input);
		return { to: '/missions', say: 'missions.created_many', args: { n } };
	}),
} satisfies Actions;
