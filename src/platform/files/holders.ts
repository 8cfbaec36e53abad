import type { Viewer } from '../viewer.ts';
import { fetchFile, type Holders } from './fetch.ts';

let declared: Holders = {};

/** Tells who may fetch the files of each holder; the registry, which alone knows every domain, calls it once at start. */
export function declareHolders(holders: Holders): void {
	declared = holders;
}

const widest = 1600;

/**
 * A file, to who may see what holds it, as an address asks for it: `w` is a width, `range` a part. A holder that nobody
 * declared gives its files to nobody. Throws NotFound.
 */
export function fileAsked(
	viewer: Viewer,
	id: string,
	{ w, range = null }: { w: string | null | undefined; range?: string | null },
): Promise<Response> {
	const width = Number(w ?? widest);
	const wanted = Number.isInteger(width) && width > 0 ? Math.min(width, widest) : widest;
	return fetchFile(viewer, declared, id, { width: wanted, range });
}
