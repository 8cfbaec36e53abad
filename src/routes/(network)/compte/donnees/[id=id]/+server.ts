import { Readable } from 'node:stream';
import { redirect } from '@sveltejs/kit';
import { openExport } from '#platform/privacy/index.ts';
import { mustShowFactor } from '../fresh.ts';
import type { RequestHandler } from './$types';

/** The file of one's own data, to its person only, for a day. */
export const GET: RequestHandler = async ({ locals, params }) => {
	if (await mustShowFactor(locals.viewer)) redirect(303, '/compte/verification?next=/compte/donnees');
	const { bytes, content } = await openExport(locals.viewer, params.id);
	return new Response(Readable.toWeb(content) as ReadableStream, {
		headers: {
			'content-type': 'application/zip',
			'content-length': String(bytes),
			'content-disposition': 'attachment; filename="mes-donnees.zip"',
			'cache-control': 'no-store',
		},
	});
};
