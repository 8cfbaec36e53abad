export { erase } from './erase.ts';
export { gather, type Gathered } from './gather.ts';
export { privacyJobs } from './jobs.ts';
export { type Held, keptAbout, unmapped } from './map.ts';
export { askErasure, askExport, cancelErasure, erasureOf, type Export, exportsOf, openExport } from './request.ts';
export { retain } from './retain.ts';
