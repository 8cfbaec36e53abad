import { redirect } from '@sveltejs/kit';
import { open } from '#domains/notices/index.ts';
import type { RequestHandler } from './$types';

/** Opens what a notice speaks of, and marks it read: a link, so that it opens in a new tab too. */
export const GET: RequestHandler = async ({ locals, params }) =>
	redirect(303, await open(locals.viewer, params.id));
