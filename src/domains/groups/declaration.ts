import type { Domain } from '#platform/domain.ts';
import { jobs } from './jobs.ts';
import { listeners, sights } from './listen.ts';
import { privacy } from './privacy.ts';

/** What the house knows of this domain. */
export const groups: Domain = { name: 'groups', routes: {}, jobs, listeners, sights, privacy };
