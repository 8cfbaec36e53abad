import { redirect } from '@sveltejs/kit';
import { showImport, stepOf } from '#domains/imports/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer }, params }) =>
	redirect(303, stepOf(await showImport(viewer, params.id)));
