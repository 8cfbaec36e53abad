import { forbidden, invalid, notFound, tooMany } from '#platform/errors.ts';
import type { PageServerLoad } from './$types';

/** What the door finds wrong before any form is read. */
const problems = ['app.too_large', 'app.invalid_value'];

/** The page that the door shows for what it refuses; it has nothing of its own to show. */
export const load: PageServerLoad = ({ params, url }) => {
	if (params.status === '403') throw forbidden();
	if (params.status === '429')
		throw tooMany(Math.max(1, Number.parseInt(url.searchParams.get('secondes') ?? '', 10) || 1));
	const key = url.searchParams.get('probleme') ?? '';
	if (params.status === '422' && problems.includes(key)) throw invalid({ field: '', key });
	throw notFound();
};
