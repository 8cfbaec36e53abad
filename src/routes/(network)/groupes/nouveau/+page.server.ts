import { CreateForm, create, officialPlaces, similarTo, subjectsOf } from '#domains/groups/index.ts';
import { form, look, parse } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('groups.new'),
	subjects: await subjectsOf(viewer),
	units: await officialPlaces(viewer),
});

export const actions = {
	similar: look(async (viewer, values) => similarTo(viewer, parse(CreateForm, values))),
	create: form(CreateForm, async (viewer, input) => ({
		to: `/groupes/${await create(viewer, input)}/membres`,
		say: 'groups.created',
	})),
} satisfies Actions;
