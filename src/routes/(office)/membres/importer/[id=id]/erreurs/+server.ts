import { bodyOf, errorFile } from '#domains/imports/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer, words }, params }) =>
	new Response(bodyOf(await errorFile(viewer, params.id, words)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="lignes-a-corriger.csv"',
		},
	});
