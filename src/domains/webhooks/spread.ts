import * as v from 'valibot';
import { asSystem, type Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { isId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { HookKind } from './kinds.ts';
import { bodyOf, put, timeOf } from './message.ts';

/** What the domains below announce, as far as it is heard here. */
export const Heard = v.looseObject({
	eventId: v.nullish(v.string()),
	missionId: v.nullish(v.string()),
	/** Of an event. */
	visibility: v.nullish(v.string()),
	/** Of a mission. */
	audience: v.nullish(v.string()),
});
export type Heard = v.InferOutput<typeof Heard>;

/**
 * What may leave: what everybody may read, or everybody of the network. What is for members, for a unit or for the invited
 * stays here, its id included; so does what does not say for whom it is.
 */
const leaves = new Set(['public', 'network']);

interface Thing {
	sort: 'event' | 'mission';
	id: string;
}

function thingOf({ eventId, missionId, visibility, audience }: Heard): Thing | null {
	const [sort, id, shownTo] = missionId
		? (['mission', missionId, audience] as const)
		: (['event', eventId, visibility] as const);
	return isId(id) && leaves.has(shownTo ?? '') ? { sort, id } : null;
}

const isHidden = async (tx: Tx, { sort, id }: Thing): Promise<boolean> =>
	Boolean(
		await tx.one(
			sql`select 1 as hidden from safety.hidden where hidden.kind = ${sort} and hidden.subject_id = ${id}::uuid`,
		),
	);

/** Tells every address that asked for this kind, if the thing may leave. Gives how many. */
export const spread = (kind: HookKind, heard: Heard): Promise<number> =>
	asSystem('webhooks', async (tx) => {
		const thing = thingOf(heard);
		if (!thing || (await isHidden(tx, thing))) return 0;
		const { origin } = await house();
		const url = `${origin}/api/v1/${thing.sort}s/${thing.id}`;
		const body = bodyOf(kind, await timeOf(tx), { id: thing.id, url });
		const asked = await tx.many<{ id: string }>(sql`select hook.id from webhooks.hook
			where ${kind} = any (hook.kinds) and hook.deleted_at is null and hook.paused_at is null and hook.stopped_at is null
			order by hook.id`);
		for (const { id } of asked) await put(tx, { hookId: id, kind, body });
		return asked.length;
	});
