import { fileAsked } from '#platform/files/holders.ts';
import type { RequestHandler } from './$types';

/** A file, to who may see what holds it; `?w=` asks for a width, `range` for a part. */
export const GET: RequestHandler = ({ locals, params, url, request }) =>
	fileAsked(locals.viewer, params.id, {
		w: url.searchParams.get('w'),
		range: request.headers.get('range'),
	});
