import type { Domain } from '#platform/domain.ts';
import { belongingApi } from './belonging/api.ts';
import { countListeners } from './belonging/listen.ts';
import { powers } from './blueprint.ts';
import { jobs } from './jobs.ts';
import { officesApi } from './offices/api.ts';
import { officeApps, officeRoutes } from './offices/declaration.ts';
import { territoryPrivacy } from './privacy.ts';
import { unitOperations } from './units/api.ts';
import { unitApp, unitRoutes } from './units/routes.ts';

/** What the house knows of this domain. */
export const territory: Domain = {
	name: 'territory',
	routes: { ...unitRoutes, ...officeRoutes },
	api: { ...unitOperations, ...belongingApi, ...officesApi },
	apps: [unitApp, ...officeApps],
	jobs,
	powers: [...powers],
	listeners: [...countListeners],
	privacy: territoryPrivacy,
};
