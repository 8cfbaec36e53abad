import { holdsAtTop } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { every, isPresent, policy, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

const keeps = every(isPresent, holdsAtTop('settings.edit'));
const stands: Rule = () => sql`hook.deleted_at is null`;

/** How long a removed address can be taken back. */
export const undoHours = 24;

/** Who keeps the addresses outside: the office that keeps the settings, and no other. Asked where there is no row yet. */
export const keepers = policy('webhooks.hook', { see: keeps }, 'webhooks.keeper');

export const hooks = policy('webhooks.hook', {
	see: every(keeps, stands),
	/** Takes back a removal; said twice, it changes nothing. */
	restore: every(
		keeps,
		() =>
			sql`(hook.deleted_at is null or hook.deleted_at > now() - make_interval(hours => ${undoHours}::int))`,
	),
});

export const deliveries = policy('webhooks.delivery', {
	see: every(
		keeps,
		() =>
			sql`exists (select from webhooks.hook where hook.id = delivery.hook_id and hook.deleted_at is null)`,
	),
});

/** Lets in who keeps the addresses; for anybody else their page does not exist. Throws NotFound. */
export async function insist(tx: Tx, viewer: Viewer): Promise<void> {
	const may = await tx.one(sql`select 1 as may where ${keepers.see(viewer)}`);
	if (!may) throw notFound();
}
