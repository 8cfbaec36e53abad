import type { Domain } from '#platform/domain.ts';
import { belongingApi } from './belonging/api.ts';
import { countListeners } from './belonging/listen.ts';
import { powers } from './blueprint.ts';
import { jobs } from './jobs.ts';
import { officesApi } from './offices/api.ts';
import { gatesApi } from './offices/api-gates.ts';
import { levelsApi } from './offices/api-levels.ts';
import { termsApi } from './offices/api-terms.ts';
import { officeApps, officeRoutes } from './offices/declaration.ts';
import { territoryPrivacy } from './privacy.ts';
import { unitOperations } from './units/api.ts';
import { structureApi } from './units/api-structure.ts';
import { unitApp, unitRoutes } from './units/routes.ts';

/** What the house knows of this domain. */
export const territory: Domain = {
	name: 'territory',
	routes: { ...unitRoutes, ...officeRoutes },
	api: {
		...unitOperations,
		...structureApi,
		...belongingApi,
		...officesApi,
		...termsApi,
		...levelsApi,
		...gatesApi,
	},
	apps: [unitApp, ...officeApps],
	jobs,
	powers: [...powers],
	listeners: [...countListeners],
	privacy: territoryPrivacy,
};
