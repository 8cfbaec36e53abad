import { asSystem } from '#platform/db.ts';
import { enqueue, type JobDefinition } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { send } from './send.ts';

const sending: JobDefinition<{ id: string }> = {
	name: 'webhooks.send',
	policy: 'house',
	work: ({ id }) => send({ id }),
};

/** What is late is taken up: its process stopped, or its address was paused meanwhile. */
const resume: JobDefinition<object> = {
	name: 'webhooks.resume',
	policy: 'house',
	every: '* * * * *',
	work: () =>
		asSystem('webhooks', async (tx) => {
			const late = await tx.many<{ id: string }>(sql`
				select delivery.id from webhooks.delivery join webhooks.hook on hook.id = delivery.hook_id
				where delivery.state = 'waiting' and delivery.next_at < now() - interval '30 seconds'
					and hook.deleted_at is null and hook.paused_at is null and hook.stopped_at is null
				order by delivery.next_at limit 200`);
			for (const { id } of late) await enqueue(tx, 'webhooks.send', { id });
		}),
};

export const jobs = [sending, resume] as JobDefinition<never>[];
