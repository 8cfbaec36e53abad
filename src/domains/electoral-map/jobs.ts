import { asSystem } from '#platform/db.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { betweenJobs } from './between/moved.ts';
import { loadingJobs } from './loading/jobs.ts';
import { refresh } from './refresh.ts';
import { territoryNow } from './sheet/territory.ts';
import { alone } from './store/alone.ts';

/** Weights and estimates follow what is loaded, whoever loaded it and whenever the work was stopped. */
const keepUp: JobDefinition<object> = {
	name: 'electoral-map.refresh',
	policy: 'house',
	every: '*/5 * * * *',
	work: async () => {
		await refresh();
		// Read once when something changed, so that no reader waits for it.
		await asSystem('map', alone(territoryNow));
	},
};

export const jobs = [keepUp, ...loadingJobs, ...betweenJobs] as JobDefinition<never>[];
