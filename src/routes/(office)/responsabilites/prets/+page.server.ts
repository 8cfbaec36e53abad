import {
	candidates,
	EndLoanForm,
	endLoan,
	LoanForm,
	lend,
	lendableAt,
	ownLoans,
	ownTerms,
} from '#domains/territory/index.ts';
import { form, look } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** Powers lent and borrowed; lends some of mine, in a unit where I hold an office. */
export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const terms = await ownTerms(viewer);
	const places = [
		...new Map(terms.map(({ unit_id, unit }) => [unit_id, { id: unit_id, name: unit }])).values(),
	];
	const place = places.find(({ id }) => id === url.searchParams.get('lieu')) ?? places[0] ?? null;
	const powers = place ? await lendableAt(viewer, place.id) : [];
	return { title: words.say('territory.loan_title'), loans: await ownLoans(viewer), places, place, powers };
};

export const actions = {
	find: look((viewer, values) => candidates(viewer, String(values.unit ?? ''), String(values.who ?? ''))),
	lend: form(LoanForm, async (viewer, input) => {
		await lend(viewer, input);
		return { say: 'territory.loan_lent' };
	}),
	end: form(EndLoanForm, async (viewer, input) => {
		await endLoan(viewer, input);
		return { say: 'territory.loan_ended' };
	}),
};
