import type { Domain } from '#platform/domain.ts';
import { jobs } from './jobs.ts';
import { privacy } from './privacy.ts';

/** What the house knows of this domain. It has no page yet: files come in, and figures out, by commands. */
export const electoralMap: Domain = { name: 'electoral-map', routes: {}, jobs, privacy };
