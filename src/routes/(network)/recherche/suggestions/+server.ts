import { suggest } from '#domains/search/index.ts';
import type { RequestHandler } from './$types';

/** People and units for what is typed, as the suggestions of the header's field. */
export const GET: RequestHandler = async ({ locals: { viewer, words }, url }) => {
	const found = await suggest(viewer, url.searchParams.get('q') ?? '');
	const hint = ({ person, unit }: (typeof found)[number]) =>
		unit
			? words.noun(unit.kind, 'one')
			: person?.office
				? `${words.noun(person.office, 'one')}, ${person.officeUnit}`
				: (person?.unit ?? '');
	return Response.json(
		found.map((one) => ({ value: one.value, label: one.label, hint: hint(one) })),
		{ headers: { 'cache-control': 'private, max-age=10' } },
	);
};
