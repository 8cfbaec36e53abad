import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { jobs } from './jobs.ts';
import { privacy } from './privacy.ts';

/** What the house knows of this domain. */
export const imports: Domain = {
	name: 'imports',
	routes: {},
	api,
	jobs,
	apps: [{ name: 'imports', label: 'imports.app', icon: 'upload', href: '/membres/importer', gate: { open: 'office', power: 'members.import' }, group: 'office', position: 40 }],
	privacy,
};
