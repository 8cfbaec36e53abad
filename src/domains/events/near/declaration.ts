import type { Routes } from '#platform/access.ts';

/** Events around a person. */
export const nearRoutes: Routes = {
	'GET /agenda/pres-de-moi': { gate: 'network', rule: 'events.event.see' },
};
