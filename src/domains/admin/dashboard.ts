import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doctor } from './doctor.ts';
import { settings } from './policy.ts';

/** Whether the viewer keeps the settings. */
export const keepsSettings = (viewer: Viewer): Promise<boolean> =>
	read(viewer, async (tx) => Boolean(await tx.one(sql`select 1 as may where ${settings.see(viewer)}`)));

/** How the house is: its version and every check. Null for who does not keep the settings. */
export async function health(viewer: Viewer) {
	if (!(await keepsSettings(viewer))) return null;
	const checks = await doctor();
	const last = await asSystem('doctor', (tx) =>
		tx.one<{ mails: number }>(
			sql`select count(*)::int as mails from platform.mail where sent_at is null and given_up_at is null`,
		),
	);
	return { checks, mails: last!.mails, version: process.env.COOPOL_BUILD ?? '0' };
}
