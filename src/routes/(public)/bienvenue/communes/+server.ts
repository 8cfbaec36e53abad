import { findCommunes } from '#domains/territory/index.ts';
import type { RequestHandler } from './$types';

/** Communes for what is typed, as the suggestions of a field. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const found = await findCommunes(locals.viewer, url.searchParams.get('q') ?? '');
	return Response.json(found.map(({ id, name, postcode, within }) => ({ value: id, label: name, hint: [postcode, within].filter(Boolean).join(', ') })));
};
