import { appIcon } from '#domains/admin/index.ts';
import type { RequestHandler } from './$types';

/** The sign of the installed app. */
export const GET: RequestHandler = ({ locals, params, url }) =>
	appIcon(locals.viewer, locals.house, { size: params.size, search: url.search });
