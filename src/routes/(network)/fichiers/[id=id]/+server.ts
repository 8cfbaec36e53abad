import { fetchFile } from '#platform/files/fetch.ts';
import { holders } from '#registry.ts';
import type { RequestHandler } from './$types';

const widest = 1600;

/** A file, to who may see what holds it; `?w=` asks for a width, `range` for a part. */
export const GET: RequestHandler = ({ locals, params, url, request }) => {
	const width = Number(url.searchParams.get('w') ?? widest);
	return fetchFile(locals.viewer, holders, params.id, {
		width: Number.isInteger(width) && width > 0 ? Math.min(width, widest) : widest,
		range: request.headers.get('range'),
	});
};
