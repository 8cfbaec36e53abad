import type { Routes } from '#platform/access.ts';

const sees = { gate: 'anyone', rule: 'events.event.see' } as const;

/** Calendars: what is behind a secret address asks its own rule for the person it is of. */
export const calendarRoutes: Routes = {
	'GET /calendrier/[token]': sees,
	'GET /calendrier.ics': sees,
	'GET /agenda.atom': sees,
	'GET /unites/[id=id]/calendrier.ics': sees,
	'GET /evenements/[id=id]/calendrier.ics': sees,
	'GET /agenda/abonnement': { gate: 'network' },
	'POST /agenda/abonnement?make': { gate: 'network' },
	'POST /agenda/abonnement?end': { gate: 'network' },
};
