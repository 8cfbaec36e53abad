import { calendarResponse, eventCalendar } from '#domains/events/index.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer, house, words }, params, request }) =>
	calendarResponse(request, await eventCalendar(viewer, house, words, params.id), 'evenement', false);
