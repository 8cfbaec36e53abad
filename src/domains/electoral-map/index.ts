export type { Kind } from './files/recognise.ts';
export { type FileReport, importFiles } from './import.ts';
export { estimatesOf, joinOf, loadedVersions, transfersIn, weightsOf } from './queries.ts';
export { type Refreshed, refresh } from './refresh.ts';
export { restore } from './restore.ts';
