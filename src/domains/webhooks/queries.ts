import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { HookKind } from './kinds.ts';
import { deliveries, hooks, insist } from './policy.ts';

/** An address outside, without its secret. */
export interface Hook {
	id: string;
	name: string;
	url: string;
	kinds: HookKind[];
	/** `stopped`: the house gave up; `failing`: the last tries failed. */
	state: 'active' | 'paused' | 'stopped' | 'failing';
	createdAt: Date;
	failingSince: Date | null;
	stoppedAt: Date | null;
	/** Until when the secret before still signs. */
	oldUntil: Date | null;
}

/** A message sent or on its way, and its last try. */
export interface Delivery {
	id: string;
	kind: string;
	state: 'waiting' | 'sent' | 'failed';
	createdAt: Date;
	tries: number;
	triedAt: Date | null;
	/** When the next try is due; null when there is none. */
	nextAt: Date | null;
	status: number | null;
	problem: string | null;
	/** What the last try took. */
	milliseconds: number | null;
}

const hookColumns = sql`hook.id, hook.name, hook.address as url, hook.kinds, hook.created_at as "createdAt",
	hook.failing_since as "failingSince", hook.stopped_at as "stoppedAt",
	case when hook.old_until > now() then hook.old_until end as "oldUntil",
	case when hook.stopped_at is not null then 'stopped' when hook.paused_at is not null then 'paused'
		when hook.failing_since is not null then 'failing' else 'active' end as state`;

/** Every address, by name. Throws NotFound for who does not keep them. */
export const hooksOf = (viewer: Viewer): Promise<Hook[]> =>
	read(viewer, async (tx) => {
		await insist(tx, viewer);
		return tx.many<Hook>(
			sql`select ${hookColumns} from webhooks.hook where ${hooks.see(viewer)} order by hook.name, hook.id`,
		);
	});

export const deliveriesAtOnce = 30;

const deliveriesWhere = (viewer: Viewer, hookId: string, before: string | null): Sql => sql`
	select delivery.id, delivery.kind, delivery.state, delivery.created_at as "createdAt", delivery.tries,
		delivery.tried_at as "triedAt", case when delivery.state = 'waiting' then delivery.next_at end as "nextAt",
		delivery.status, delivery.problem, delivery.ms as milliseconds
	from webhooks.delivery where delivery.hook_id = ${hookId}::uuid and ${deliveries.see(viewer)}
		and (${before}::uuid is null or delivery.id < ${before}::uuid)
	order by delivery.id desc limit ${deliveriesAtOnce + 1}::int`;

/** An address and its last messages, from the one before this id; `next` continues the list. Throws NotFound. */
export const hookOf = (viewer: Viewer, id: string, before: string | null = null) =>
	read(viewer, async (tx) => {
		const hook = await tx.one<Hook>(
			sql`select ${hookColumns} from webhooks.hook where hook.id = ${id}::uuid and ${hooks.see(viewer)}`,
		);
		if (!hook) throw notFound();
		const rows = await tx.many<Delivery>(deliveriesWhere(viewer, id, isId(before) ? before : null));
		const page = rows.slice(0, deliveriesAtOnce);
		return { hook, deliveries: page, next: rows.length > page.length ? page.at(-1)!.id : null };
	});
