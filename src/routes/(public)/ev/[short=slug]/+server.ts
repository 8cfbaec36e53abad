import { redirect } from '@sveltejs/kit';
import { eventOfShort } from '#domains/events/index.ts';
import type { RequestHandler } from './$types';

/** The short address of a poster leads to the page of the event. */
export const GET: RequestHandler = async ({ locals: { viewer }, params }) =>
	redirect(303, `/e/${await eventOfShort(viewer, params.short)}`);
