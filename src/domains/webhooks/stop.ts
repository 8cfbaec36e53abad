import { notify } from '#domains/notices/index.ts';
import { record } from '#platform/audit.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';

/** Days without one success after which nothing is sent any more. */
export const patienceDays = 5;

/** Notes that a try failed; after five days, or when the address says that it is gone for good, it is switched off. */
export async function noteFailure(tx: Tx, hookId: string, isGone: boolean): Promise<void> {
	const stopped = await tx.one<{ stopped: boolean }>(sql`
		update webhooks.hook set failing_since = coalesce(failing_since, now()),
			stopped_at = case when ${isGone}::boolean or failing_since <= now() - make_interval(days => ${patienceDays}::int)
				then now() end
		where id = ${hookId}::uuid and stopped_at is null returning stopped_at is not null as stopped`);
	if (stopped?.stopped) await stop(tx, hookId, isGone ? 'gone' : 'failing');
}

async function stop(tx: Tx, hookId: string, reason: string): Promise<void> {
	await tx.run(
		sql`update webhooks.delivery set state = 'failed' where hook_id = ${hookId}::uuid and state = 'waiting'`,
	);
	await record(tx, { actorId: null, act: 'webhooks.stop', subject: 'webhook', subjectId: hookId, reason });
	await notify(tx, { type: 'webhook_stopped', to: await keepersNow(tx), subjectId: hookId });
}

async function keepersNow(tx: Tx): Promise<string[]> {
	const rows = await tx.many<{ person_id: string }>(sql`
		select distinct held_power.person_id from territory.held_power join territory.unit as top on top.id = held_power.unit_id
		where held_power.power = 'settings.edit' and top.parent_id is null`);
	return rows.map(({ person_id }) => person_id);
}
