import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { sql } from '#platform/sql.ts';
import { undoHours } from './policy.ts';

const deliveryDays = 30;

/** Addresses of programs: the only person in them is the officer who added one. */
export const privacy: Privacy = {
	tables: {
		'webhooks.hook': {
			person: 'by_id',
			columns: ['by_id'],
			kept: 'as long as the address serves; one day once it is removed',
			onErase: 'anonymise',
		},
	},
	gather: async (tx, personId) => ({
		'webhooks.hook': await tx.many(
			sql`select name, address, created_at from webhooks.hook where hook.by_id = ${personId}::uuid`,
		),
	}),
	erase: async (tx, personId) => {
		await tx.run(sql`update webhooks.hook set by_id = null where hook.by_id = ${personId}::uuid`);
	},
	retain,
};

async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const outlived = {
		'webhooks.delivery': sql`webhooks.delivery where delivery.created_at < ${now}::timestamptz - make_interval(days => ${deliveryDays}::int)`,
		'webhooks.hook': sql`webhooks.hook where hook.deleted_at < ${now}::timestamptz - make_interval(hours => ${undoHours}::int)`,
	};
	const found: Record<string, number> = {};
	for (const [table, rows] of Object.entries(outlived))
		found[table] = dry
			? (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${rows}`))!.n
			: await tx.run(sql`delete from ${rows}`);
	// A secret that signs no more is not kept.
	if (!dry)
		await tx.run(
			sql`update webhooks.hook set old_secret = null, old_until = null where hook.old_until < ${now}::timestamptz`,
		);
	return found;
}
