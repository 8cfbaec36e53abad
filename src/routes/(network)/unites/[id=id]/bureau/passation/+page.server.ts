import { candidates, headOf, ownTerms, ProposeForm, proposeHandover } from '#domains/territory/index.ts';
import { form, look } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** First step of a handover: the holder names a successor. */
export const load: PageServerLoad = async ({ locals, params, url }) => ({
	title: locals.words.say('territory.handover_title'),
	unit: await headOf(locals.viewer, params.id),
	terms: (await ownTerms(locals.viewer)).filter((term) => term.unit_id === params.id),
	chosen: url.searchParams.get('term') ?? '',
});

export const actions = {
	find: look((viewer, values, { params }) => candidates(viewer, params.id!, String(values.who ?? ''))),
	propose: form(ProposeForm, async (viewer, input, { params }) => ({
		to: `/unites/${params.id}/bureau/passation/${await proposeHandover(viewer, input)}`,
		say: 'territory.handover_proposed',
	})),
};
