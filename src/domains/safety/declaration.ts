import type { Domain } from '#platform/domain.ts';
import { listeners } from './listen.ts';
import { privacy } from './privacy.ts';

/** What the house knows of this domain. */
export const safety: Domain = {
	name: 'safety',
	routes: {},
	listeners,
	privacy,
};
