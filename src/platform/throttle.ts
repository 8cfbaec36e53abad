import { asSystem, type Tx } from './db.ts';
import { tooMany } from './errors.ts';
import { sql } from './sql.ts';

/** How much of something is taken: a burst, refilled evenly over time. */
export interface Rate {
	burst: number;
	perHour: number;
}

/**
 * Takes one from each bucket, in a transaction of its own so that a refused act still counts.
 * Throws TooMany, with the seconds to wait, when one is full.
 */
export function throttle(buckets: Record<string, Rate>): Promise<void> {
	return asSystem('throttle', async (tx) => {
		for (const [key, rate] of Object.entries(buckets).toSorted()) await take(tx, key, rate);
	});
}

async function take(tx: Tx, key: string, rate: Rate): Promise<void> {
	const { level } = (await tx.one<{ level: number }>(sql`
		insert into platform.bucket as bucket (key, level, at) values (${key}, 1, clock_timestamp())
		on conflict (key) do update set at = clock_timestamp(), level = least(${rate.burst}::float + 1, 1 + greatest(0,
			bucket.level - extract(epoch from clock_timestamp() - bucket.at) * ${rate.perHour}::float / 3600))
		returning level`))!;
	if (level > rate.burst) throw tooMany(Math.ceil(((level - rate.burst) * 3600) / rate.perHour));
}
