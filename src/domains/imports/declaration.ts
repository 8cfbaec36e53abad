import type { Domain } from '#platform/domain.ts';

/** What the house knows of this domain. */
export const imports: Domain = {
	name: 'imports',
	routes: {},
};
