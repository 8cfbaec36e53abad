import { calendarResponse, publicCalendar } from '#domains/events/index.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

/** Public events, the same for everybody. */
export const GET: RequestHandler = async ({ locals: { house, words }, request }) =>
	calendarResponse(request, await publicCalendar(visitor, house, words), 'agenda', true);
