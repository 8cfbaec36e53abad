import type { Tx } from '#platform/db.ts';
import type { Circles } from '#platform/domain.ts';
import type { Viewer } from '#platform/viewer.ts';

let sources: readonly Circles[] = [];

/** Tells which domains above have groups of people; the registry calls it once at start. */
export function declareCircles(from: readonly Circles[]): void {
	sources = from;
}

/** Groups the viewer is of, by name: their notices may be set apart. */
export async function circlesOf(tx: Tx, viewer: Viewer): Promise<{ id: string; name: string }[]> {
	const found = [];
	for (const source of sources) found.push(...(await source(tx, viewer)));
	return found;
}
