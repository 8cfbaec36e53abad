import { holdsPowerAnywhere } from '#domains/territory/index.ts';
import { policy } from '#platform/policy.ts';

/** What is loaded serves the whole network: an office that loads, wherever it is, sees and decides of all of it. */
const loads = holdsPowerAnywhere('map.load');

export const sendings = policy(
	'electoral_map.sending',
	{ see: loads, settle: loads },
	'electoral-map.sending',
);
export const sources = policy('electoral_map.source', { see: loads, restore: loads }, 'electoral-map.source');
