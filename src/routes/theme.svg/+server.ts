import { favicon, keptFor } from '#domains/admin/index.ts';
import type { RequestHandler } from './$types';

/** The sign in the browser's tab, in the organisation's colour. */
export const GET: RequestHandler = ({ locals, url }) =>
	new Response(favicon(locals.house.colour), {
		headers: { 'content-type': 'image/svg+xml', 'cache-control': keptFor(locals.house, url.search) },
	});
