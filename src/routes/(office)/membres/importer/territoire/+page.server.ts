import { LayForm, layChoices, layTerritory } from '#domains/imports/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house } }) => {
	return { title: words.say('imports.territory'), ...(await layChoices(viewer)), demo: house.demo };
};

export const actions = {
	lay: form(LayForm, async (viewer, input) => ({
		to: `/membres/importer/${await layTerritory(viewer, input)}/suivi`,
	})),
} satisfies Actions;
