import * as v from 'valibot';
import { asSystem, type Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { announce, enqueue, type JobDefinition } from '#platform/jobs.ts';
import { seal, unseal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { Email, emailKey } from './email.ts';
import { countTry } from './limits.ts';
import { holdAddress, holderOf } from './person.ts';
import { tellSecurity } from './security-mail.ts';
import type { Whence } from './whence.ts';

/** Days within which officers answer a request. */
export const recoveryDays = 14;

export const RecoveryForm = v.object({
	lost: Email,
	email: Email,
	told: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(500, 'people.recovery_told_long')),
});
type Asked = v.InferOutput<typeof RecoveryForm>;

const use = 'recovery asked';

/**
 * Asks the officers of one's territory to vouch for a new address, or for the same one when only the second factor is lost.
 * Known and unknown accounts get the same answer in the same time: whether there is one is looked at when nobody waits any more.
 */
export async function askRecovery(_viewer: Viewer, asked: Asked, whence: Whence): Promise<void> {
	await countTry('ask', asked.lost, whence);
	await asSystem('recovery', (tx) =>
		enqueue(tx, 'people.take_recovery', { sealed: seal(use, JSON.stringify(asked)) }),
	);
}

/** Opens the request if there is such an account, and tells its address at once, so that a thief does not go unnoticed. */
async function takeRecovery({ sealed }: { sealed: string }): Promise<void> {
	const { lost, email, told } = JSON.parse(unseal(use, sealed)) as Asked;
	await asSystem('recovery', async (tx) => {
		await holdAddress(tx, lost);
		const holder = await holderOf(tx, lost);
		if (!holder?.confirmed || (await isAnothers(tx, email, holder.id))) return;
		const to = emailKey(email) === emailKey(holder.email) ? holder.email : email;
		// One that nobody answered in time must not stand in the way of the next.
		await tx.run(sql`update people.recovery set closed_at = expires_at
			where person_id = ${holder.id} and closed_at is null and expires_at <= now()`);
		const asked = await tx.run(sql`insert into people.recovery (id, person_id, email, told, expires_at)
			values (${newId()}, ${holder.id}, ${to}, ${told}, now() + make_interval(days => ${recoveryDays}::int)) on conflict do nothing`);
		if (!asked) return;
		await tellSecurity(tx, holder.id, 'recovery');
		await announce(tx, 'people.recovery_asked', { personId: holder.id });
	});
}

/** Whether an address is already that of somebody else. */
export const isAnothers = async (tx: Tx, email: string, personId: string): Promise<boolean> => {
	const holder = await holderOf(tx, email);
	return Boolean(holder) && holder!.id !== personId;
};

export const recoveryJobs: JobDefinition<never>[] = [
	{ name: 'people.take_recovery', policy: 'house', work: takeRecovery as never },
];
