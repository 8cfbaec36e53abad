import * as v from 'valibot';
import { AppointForm, appoint, candidates, headOf, officesToFill } from '#domains/territory/index.ts';
import { form, look } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** Names somebody to an office of the unit. */
export const load: PageServerLoad = async ({ locals, params }) => ({
	title: locals.words.say('territory.term_appoint'),
	offices: await officesToFill(locals.viewer, params.id),
	unit: await headOf(locals.viewer, params.id),
});

export const actions = {
	find: look((viewer, values, { params }) => candidates(viewer, params.id!, String(values.who ?? ''))),
	appoint: form(v.omit(AppointForm, ['unit']), async (viewer, input, { params }) => {
		await appoint(viewer, { ...input, unit: params.id! });
		return { to: `/unites/${params.id}/bureau`, say: 'territory.term_appointed' };
	}),
};
