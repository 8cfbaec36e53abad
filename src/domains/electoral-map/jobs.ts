import type { JobDefinition } from '#platform/jobs.ts';
import { betweenJobs } from './between/moved.ts';
import { loadingJobs } from './loading/jobs.ts';
import { refresh } from './refresh.ts';

/** Weights and estimates follow what is loaded, whoever loaded it and whenever the work was stopped. */
const keepUp: JobDefinition<object> = {
	name: 'electoral-map.refresh',
	policy: 'house',
	every: '*/5 * * * *',
	work: async () => {
		await refresh();
	},
};

export const jobs = [keepUp, ...loadingJobs, ...betweenJobs] as JobDefinition<never>[];
