import { calendarResponse, unitCalendar } from '#domains/events/index.ts';
import { visitor } from '#platform/viewer.ts';
import type { RequestHandler } from './$types';

/** Public events of a unit, the same for everybody. */
export const GET: RequestHandler = async ({ locals: { house, words }, params, request }) =>
	calendarResponse(request, await unitCalendar(visitor, house, words, params.id), 'agenda', true);
