import { holdsAtTop } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { every, isPresent, policy } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** What the organisation chose for itself: read and changed by the office that keeps it, and by no other. */
export const settings = policy('platform.setting', { see: every(isPresent, holdsAtTop('settings.edit')) });

/** Lets in who keeps the settings; for anybody else their pages do not exist. Throws NotFound. */
export async function insist(tx: Tx, viewer: Viewer): Promise<void> {
	const may = await tx.one(sql`select 1 as may where ${settings.see(viewer)}`);
	if (!may) throw notFound();
}
