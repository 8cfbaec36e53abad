export { archive } from './archive.ts';
export { erase } from './erase.ts';
export { type Gathered, gather } from './gather.ts';
export { privacyJobs } from './jobs.ts';
export type { Held } from './map.ts';
export {
	askErasure,
	askExport,
	cancelErasure,
	type Export,
	erasureOf,
	exportsOf,
	openExport,
} from './request.ts';
export { retain } from './retain.ts';
