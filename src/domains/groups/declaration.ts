import type { Domain } from '#platform/domain.ts';

/** What the house knows of this domain. */
export const groups: Domain = { name: 'groups', routes: {} };
