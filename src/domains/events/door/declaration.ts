import type { Routes } from '#platform/access.ts';

const ticks = { gate: 'office', rule: 'events.door.tick' } as const;
const path = '/evenements/[id=id]';

/** The door of an event, for who organises it; one's own code, for who comes. */
export const doorRoutes: Routes = {
	[`GET ${path}/accueil`]: { gate: 'office', rule: 'events.door.see' },
	[`POST ${path}/accueil?tick`]: ticks,
	[`POST ${path}/accueil?untick`]: ticks,
	[`POST ${path}/accueil?walkIn`]: ticks,
	[`POST ${path}/accueil?dropWalkIn`]: ticks,
	[`POST ${path}/accueil?code`]: ticks,
	[`GET ${path}/mon-code`]: { gate: 'network', rule: 'events.event.see' },
};
