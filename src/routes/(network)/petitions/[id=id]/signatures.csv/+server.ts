import { ExportForm, petition } from '#domains/missions/index.ts';
import { readFields } from '#platform/http/form.ts';
import { parse } from '#platform/http/parse.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { viewer, words } = event.locals;
	const { reason } = parse(ExportForm, await readFields(event, viewer));
	const file = await petition.signaturesFile(viewer, event.params.id, { words, reason });
	return new Response(file, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="signatures.csv"',
		},
	});
};
