import type { Domain } from '#platform/domain.ts';

/** What the house knows of this domain. */
export const missions: Domain = { name: 'missions', routes: {}, powers: ['mission.create'] };
