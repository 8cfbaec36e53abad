import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

const folder = resolve(import.meta.dirname, '../../../../shared/data');
const isHere = existsSync(folder);

if (!isHere && process.env.CI === 'true') throw new Error(`the real files must be in ${folder}`);
if (!isHere) console.warn(`Tests on real files are skipped: ${folder} is not there.`);

/** For `describe.skipIf`: the folder of real files is not beside the project. Under CI its absence is a failure. */
export const realDataMissing = !isHere;

/** Where a real file is, for what opens files itself. */
export const realPath = (path: string) => resolve(folder, path);

/** Bytes of a real file, `.gz` unpacked: `realData('paris/iris-contours-2013.geojson.gz')`. */
export function realData(path: string): Buffer {
	const bytes = readFileSync(realPath(path));
	return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
