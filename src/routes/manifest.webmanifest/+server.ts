import { keptFor, manifest } from '#domains/admin/index.ts';
import { wordsOf } from '#platform/house.ts';
import type { RequestHandler } from './$types';

/** How a telephone installs the site: the same for everybody, in the language of the house. */
export const GET: RequestHandler = ({ locals: { house }, url }) =>
	Response.json(manifest(house, wordsOf(house, house.language)), {
		headers: { 'content-type': 'application/manifest+json', 'cache-control': keptFor(house, url.search) },
	});
