import { json } from '@sveltejs/kit';
import { figuresToMove, questionIn } from '#domains/electoral-map/index.ts';
import type { RequestHandler } from './$types';

/** What the map's sliders move, given once. Kept a few minutes by the browser of who asked, by its address. */
export const GET: RequestHandler = async ({ locals: { viewer, words }, url }) =>
	json(await figuresToMove(viewer, words, questionIn(url.searchParams)), {
		headers: { 'cache-control': 'private, max-age=300', vary: 'cookie' },
	});
