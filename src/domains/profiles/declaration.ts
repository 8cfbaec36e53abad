import type { Domain } from '#platform/domain.ts';

/** What the house knows of this domain. */
export const profiles: Domain = {
	name: 'profiles',
	routes: {},
};
