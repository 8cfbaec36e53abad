import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';

/** What the house knows of this domain. It keeps nothing: it asks the others. */
export const search: Domain = {
	name: 'search',
	routes: {
		'GET /recherche': { gate: 'network', rule: 'people.person.see', rate: 'search' },
		'GET /recherche/suggestions': { gate: 'network', rule: 'people.person.see', rate: 'search' },
	},
	api,
};
