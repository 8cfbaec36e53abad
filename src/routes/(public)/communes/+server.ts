import { findCommunes } from '#domains/territory/index.ts';
import type { RequestHandler } from './$types';

/** Suggestions of a field where somebody types a commune; `nom=1` writes its name in the field, else its id is chosen. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const byName = url.searchParams.has('nom');
	const communes = await findCommunes(locals.viewer, url.searchParams.get('q') ?? '');
	const suggestions = communes.map(({ id, name, postcode, within }) => ({
		value: byName ? name : id,
		label: name,
		hint: [postcode, within].filter(Boolean).join(' · '),
	}));
	return Response.json(suggestions, { headers: { 'cache-control': 'public, max-age=3600' } });
};
