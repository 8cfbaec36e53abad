import { CreateOfficeForm, createOffice, kindPage, neverLent } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import { powers } from '#registry.ts';
import type { PageServerLoad } from './$types';

/** A new office of a kind of unit. */
export const load: PageServerLoad = async ({ locals, params }) => ({
	title: locals.words.say('territory.office_add'),
	kind: (await kindPage(locals.viewer, params.kind)).kind,
	powers,
	never: neverLent,
});

export const actions = {
	create: form(CreateOfficeForm, async (viewer, input) => {
		await createOffice(viewer, powers, input);
		return { to: `/administration/niveaux/${input.kind}`, say: 'territory.office_created' };
	}),
};
