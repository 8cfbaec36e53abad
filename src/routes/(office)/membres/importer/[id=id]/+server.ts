import { redirect } from '@sveltejs/kit';
import { followImport, stepOf } from '#domains/imports/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer }, params }) =>
	redirect(303, stepOf(await followImport(viewer, params.id)));
