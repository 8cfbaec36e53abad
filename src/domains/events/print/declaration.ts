import type { Routes } from '#platform/access.ts';

const path = '/evenements/[id=id]';
const organises = { gate: 'office', rule: 'events.door.see' } as const;

/** Pages made for paper. */
export const printRoutes: Routes = {
	[`GET ${path}/affiche`]: { gate: 'network', rule: 'events.event.see' },
	'GET /ev/[short=slug]': { gate: 'anyone', rule: 'events.event.see' },
	[`GET ${path}/feuille-de-presence`]: organises,
	[`GET ${path}/a-appeler`]: organises,
	[`POST ${path}/a-appeler?open`]: {
		...organises,
		rule: 'profiles.contact.openPhone',
		stepUp: true,
		audit: true,
	},
};
