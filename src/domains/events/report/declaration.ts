import type { Routes } from '#platform/access.ts';

const path = '/evenements/[id=id]/compte-rendu';
const tells = { gate: 'office', rule: 'events.event.tell', audit: true } as const;

/** What is told of an event afterwards. */
export const reportRoutes: Routes = {
	[`GET ${path}`]: { gate: 'anyone', rule: 'events.event.see' },
	[`GET ${path}/ecrire`]: { gate: 'office', rule: 'events.event.tell' },
	[`POST ${path}/ecrire?save`]: { ...tells, rate: 'upload' },
	[`POST ${path}/ecrire?publish`]: { ...tells, rate: 'upload' },
	[`POST ${path}/ecrire?withdraw`]: tells,
	[`POST ${path}/ecrire?dropPicture`]: tells,
};
