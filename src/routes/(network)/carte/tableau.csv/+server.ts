import { explore, questionIn, tableFile } from '#domains/electoral-map/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer, words }, url }) => {
	const found = await explore(viewer, questionIn(url.searchParams));
	const lines = await Array.fromAsync(tableFile(words, found));
	return new Response(lines.join(''), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="carte-du-terrain.csv"',
		},
	});
};
