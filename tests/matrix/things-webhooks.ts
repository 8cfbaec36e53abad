import type { Tx } from '#platform/db.ts';
import { seal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** Addresses outside: one that hears, with a message that was sent, and one removed a moment ago. */
export async function putWebhooks(tx: Tx) {
	const at = async (state: 'active' | 'removed') => {
		const id = idOf(`matrix webhook ${state}`);
		await tx.run(sql`insert into webhooks.hook (id, name, address, kinds, secret, by_id, deleted_at)
			values (${id}, ${`canary-webhook-${state}`}, 'https://agenda.example.org/canary-webhook-address',
				'{event.created}', ${seal('webhook', 'whsec_Y2FuYXJ5')}, ${idOf('bertrand')},
				case when ${state} = 'removed' then now() end)`);
		return id;
	};
	const hooks = { active: await at('active'), removed: await at('removed') };
	const delivery = idOf('matrix webhook delivery');
	await tx.run(sql`insert into webhooks.delivery (id, hook_id, kind, body, state, tries, status, ms)
		values (${delivery}, ${hooks.active}, 'event.created', '{"data":"canary-webhook-body"}', 'sent', 1, 200, 12)`);
	return { hooks, delivery };
}
