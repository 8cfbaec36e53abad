import { newsResponse, publicNews } from '#domains/events/index.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

/** Public events as news, the same for everybody. */
export const GET: RequestHandler = async ({ locals: { house, words }, request }) =>
	newsResponse(request, await publicNews(visitor, house, words));
