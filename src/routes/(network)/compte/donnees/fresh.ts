import { keysOf } from '#domains/people/index.ts';
import { isFresh } from '#platform/access.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Whether to ask for the second factor again. Who has none has the same rights over their data: it is never a wall. */
export async function mustShowFactor(viewer: Viewer): Promise<boolean> {
	const { hasAuthenticator, passkeys } = await keysOf(viewer);
	return (hasAuthenticator || passkeys.length > 0) && !isFresh(viewer);
}
