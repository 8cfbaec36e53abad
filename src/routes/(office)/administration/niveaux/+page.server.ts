import { CreateKindForm, createKind, kindList, MoveLineForm, moveKind } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** The kinds of unit of the organisation, in its order. */
export const load: PageServerLoad = async ({ locals }) => ({
	title: locals.words.say('territory.kind_app'),
	kinds: await kindList(locals.viewer),
});

export const actions = {
	create: form(CreateKindForm, async (viewer, input) => ({
		to: `/administration/niveaux/${await createKind(viewer, input)}`,
		say: 'territory.kind_created',
	})),
	move: form(MoveLineForm, async (viewer, input) => {
		await moveKind(viewer, input);
		return { to: `/administration/niveaux#${input.id}` };
	}),
};
