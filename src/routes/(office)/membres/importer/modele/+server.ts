import { bodyOf, sampleFile } from '#domains/imports/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, url }) => {
	const kind = url.searchParams.get('kind') === 'units' ? 'units' : 'members';
	const headers = {
		'content-type': 'text/csv; charset=utf-8',
		'content-disposition': `attachment; filename="modele-${kind === 'units' ? 'structure' : 'membres'}.csv"`,
	};
	return new Response(bodyOf(sampleFile(locals.words, kind)), { headers });
};
