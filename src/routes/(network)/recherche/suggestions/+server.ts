import { suggest } from '#domains/search/index.ts';
import type { RequestHandler } from './$types';

/** People and units for what is typed, as the suggestions of the header's field. */
export const GET: RequestHandler = async ({ locals: { viewer, words }, url }) => {
	const all = await suggest(viewer, url.searchParams.get('q') ?? '');
	// Beside a text being written only people are proposed, by their id.
	const onlyPeople = url.searchParams.has('personnes');
	const found = onlyPeople ? all.filter(({ person }) => person) : all;
	const hint = ({ person, unit }: (typeof all)[number]) =>
		unit
			? words.noun(unit.kind, 'one')
			: person?.office
				? `${words.noun(person.office, 'one')}, ${person.officeUnit}`
				: (person?.unit ?? '');
	return Response.json(
		found.map((one) => ({
			value: onlyPeople ? one.person!.id : one.value,
			label: one.label,
			hint: hint(one),
		})),
		{ headers: { 'cache-control': 'private, max-age=10' } },
	);
};
