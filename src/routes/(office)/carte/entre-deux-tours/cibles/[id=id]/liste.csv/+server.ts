import { listFile, selectionSheet } from '#domains/electoral-map/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer, words }, params }) => {
	const lines = await Array.fromAsync(listFile(words, await selectionSheet(viewer, params.id)));
	return new Response(lines.join(''), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="bureaux-choisis.csv"',
		},
	});
};
