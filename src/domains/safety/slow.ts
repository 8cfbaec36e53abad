import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';

/** Until when a decision slows down what this person writes; null when none does. One reversed on appeal slows nobody. */
export const slowedUntil = async (tx: Tx, personId: string): Promise<Date | null> =>
	(
		await tx.one<{ until: Date | null }>(sql`select max(decision.slow_until) as until from safety.decision
		where decision.author_id = ${personId}::uuid and decision.slow_until > now() and decision.reversed_at is null`)
	)?.until ?? null;
