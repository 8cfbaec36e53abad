import { redirect } from '@sveltejs/kit';
import { keepStep, nextOf, startOidc } from '#domains/people/index.ts';
import type { RequestHandler } from './$types';

/** Leaves for the organisation's own sign-in. */
export const GET: RequestHandler = async (event) => {
	const { ticket, to } = await startOidc(event.locals.viewer, event.url.origin, nextOf(event.url));
	keepStep(event, 'oidc', ticket);
	redirect(303, to);
};
