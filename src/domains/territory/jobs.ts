import { asSystem } from '#platform/db.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { setting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { letStand } from './offices/claims.ts';

/** Days of silence after which a claim stands provisionally; the organisation's setting `claimDays`. */
export const claimDays = () => setting('claimDays', 14);

/** Lets every claim stand that waited long enough, the oldest first; each in its own transaction. Gives how many stand. */
export async function standClaims(now = new Date()): Promise<number> {
	const before = new Date(now.getTime() - (await claimDays()) * 86_400_000);
	const late = await asSystem('claims', (tx) =>
		tx.many<{ id: string }>(sql`select claim.id from territory.claim
			where claim.decided_at is null and claim.made_at <= ${before} order by claim.made_at, claim.id limit 500`),
	);
	let standing = 0;
	for (const { id } of late) if (await asSystem('claims', (tx) => letStand(tx, id))) standing++;
	return standing;
}

export const jobs: JobDefinition<never>[] = [
	{
		name: 'territory.claims_stand',
		policy: 'house',
		every: '7 * * * *',
		work: async () => void (await standClaims()),
	},
];
