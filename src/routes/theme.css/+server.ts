import { themeCss, themeFrom } from '#ui/theme.ts';
import type { RequestHandler } from './$types';

/** The organisation's colours; the address carries their version, so that a browser keeps them. */
export const GET: RequestHandler = ({ locals }) =>
	new Response(themeCss(themeFrom(locals.house.colour)), {
		headers: { 'content-type': 'text/css', 'cache-control': 'public, max-age=31536000, immutable' },
	});
