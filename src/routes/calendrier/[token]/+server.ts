import { calendarResponse, personalCalendar } from '#domains/events/index.ts';
import { apps } from '#registry.ts';
import type { RequestHandler } from './$types';

/** The calendar of who holds this secret address: no session, no cookie. */
export const GET: RequestHandler = async ({ locals: { house }, params, request }) => {
	const secret = params.token.replace(/\.ics$/, '');
	return calendarResponse(request, await personalCalendar(house, secret, apps), 'agenda', false);
};
