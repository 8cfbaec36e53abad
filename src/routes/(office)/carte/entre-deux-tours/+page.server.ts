import {
	ChooseForm,
	changesOf,
	changesShown,
	choose,
	OpenForm,
	openTally,
	selectionsFor,
	talliesFor,
	tallySaid,
} from '#domains/electoral-map/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url: { searchParams: asked } }) => {
	const [at, election, before] = [asked.get('ou'), asked.get('scrutin'), asked.get('avec')];
	return {
		title: words.say('electoral-map.rounds_title'),
		shown: changesShown(words, await changesOf(viewer, { at, election, before })),
		tallies: (await talliesFor(viewer)).map((one) => tallySaid(words, one)),
		selections: await selectionsFor(viewer),
	};
};

export const actions = {
	open: form(OpenForm, async (viewer, input) => ({ to: `/carte/saisie/${await openTally(viewer, input)}` })),
	choose: form(ChooseForm, async (viewer, input) => ({
		to: `/carte/entre-deux-tours/cibles/${await choose(viewer, input)}`,
	})),
} satisfies Actions;
