import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';

/** What the house knows of this domain. It keeps nothing: it asks the others. */
export const vitals: Domain = {
	name: 'vitals',
	routes: {
		'GET /responsabilites/signes': { gate: 'app:responsibilities', rule: 'territory.visits.see' },
	},
	api,
};
