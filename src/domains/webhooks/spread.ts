import * as v from 'valibot';
import { asSystem } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { isId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { HookKind } from './kinds.ts';
import { leaving, type Sort } from './leaving.ts';
import { bodyOf, put, timeOf } from './message.ts';

/** What the domains below announce, as far as it is heard here: one thing, or several dates of an event. */
export const Heard = v.looseObject({
	eventId: v.nullish(v.string()),
	eventIds: v.nullish(v.array(v.string())),
	missionId: v.nullish(v.string()),
});
export type Heard = v.InferOutput<typeof Heard>;

const idsOf = (sort: Sort, { eventId, eventIds, missionId }: Heard): string[] =>
	(sort === 'event' ? [eventId, ...(eventIds ?? [])] : [missionId]).filter(isId);

/** Tells every address that asked for this kind, of each thing that may leave. Gives how many messages. */
export const spread = (kind: HookKind, heard: Heard): Promise<number> =>
	asSystem('webhooks', async (tx) => {
		const sort = kind.split('.')[0] as Sort;
		const asked = await tx.many<{ id: string }>(sql`select hook.id from webhooks.hook
			where ${kind} = any (hook.kinds) and hook.deleted_at is null and hook.paused_at is null and hook.stopped_at is null
			order by hook.id`);
		if (!asked.length) return 0;
		const things = await leaving(tx, sort, idsOf(sort, heard));
		const [at, { origin }] = [await timeOf(tx), await house()];
		for (const id of things) {
			const body = bodyOf(kind, at, { id, url: `${origin}/api/v1/${sort}s/${id}` });
			for (const hook of asked) await put(tx, { hookId: hook.id, kind, body });
		}
		return things.length * asked.length;
	});
