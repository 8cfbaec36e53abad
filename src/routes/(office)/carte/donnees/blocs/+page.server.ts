import { BlocsForm, keepBlocs, labelsOf } from '#domains/electoral-map/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const election = (url.searchParams.get('scrutin') ?? '').slice(0, 60);
	return {
		title: words.say('electoral-map.blocs_title'),
		election,
		labels: await labelsOf(viewer, election),
	};
};

export const actions = {
	keep: form(BlocsForm, async (viewer, input) => {
		await keepBlocs(viewer, input);
		return { say: 'electoral-map.blocs_kept' };
	}),
} satisfies Actions;
