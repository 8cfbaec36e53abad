import { asSystem } from '../db.ts';
import type { Domain } from '../domain.ts';
import { QUOTA, store } from '../files/keep.ts';
import { giveUp } from '../files/leave.ts';
import { sweepJob } from '../files/sweep.ts';
import { unsentFilesJob } from '../http/unsent-files.ts';
import { announce, type JobDefinition } from '../jobs.ts';
import { sql } from '../sql.ts';
import { archive } from './archive.ts';
import { erase } from './erase.ts';
import { retain } from './retain.ts';

/** A person's files at most, and the rest. */
const exportMax = QUOTA + 100 * 1024 * 1024;
/** How long the file of an export can be opened. */
const openHours = 24;

/** Makes the file of an export, then tells the person; doing it twice makes it once. */
export async function makeExport(domains: readonly Domain[], id: string): Promise<void> {
	const asked = await asSystem('export', (tx) =>
		tx.one<{ person_id: string }>(
			sql`select person_id from platform.export where id = ${id}::uuid and ready_at is null`,
		),
	);
	if (!asked) return;
	const stored = await store().put(archive(domains, asked.person_id), exportMax);
	await asSystem('export', async (tx) => {
		const put =
			await tx.run(sql`update platform.export set stored_id = ${stored.id}, bytes = ${stored.size}, ready_at = now(),
			expires_at = now() + make_interval(hours => ${openHours}::int) where id = ${id}::uuid and ready_at is null`);
		if (put) await announce(tx, 'privacy.export_ready', { personId: asked.person_id, exportId: id });
	}).finally(() => giveUp(stored.id));
}

/** Erases every account whose thirty days are over. */
export async function eraseDue(domains: readonly Domain[], now = new Date()): Promise<number> {
	const due = await asSystem('erasure', (tx) =>
		tx.many<{ person_id: string }>(
			sql`select person_id from platform.erasure where done_at is null and due_at <= ${now}`,
		),
	);
	for (const { person_id } of due) await erase(domains, person_id);
	return due.length;
}

/** The house's own work on personal data; the registry declares it with every domain. */
export const privacyJobs = (domains: readonly Domain[]): JobDefinition<never>[] =>
	[
		{ name: 'privacy.export', policy: 'house', work: ({ id }: { id: string }) => makeExport(domains, id) },
		{
			name: 'privacy.erase_due',
			policy: 'house',
			every: '13 * * * *',
			work: async () => void (await eraseDue(domains)),
		},
		{
			name: 'privacy.retain',
			policy: 'house',
			every: '17 3 * * *',
			work: async () => void (await retain(domains, new Date(), false)),
		},
		unsentFilesJob,
		sweepJob,
	] as JobDefinition<never>[];
