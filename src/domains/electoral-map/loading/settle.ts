import * as v from 'valibot';
import type { Tx } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { leaveBytes } from '#platform/files/leave.ts';
import { isId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { doAlone } from '../acting.ts';
import { refuseLoad } from '../store/refusal.ts';
import { switchTo } from '../store/sources.ts';
import { columnsOf, dropSources, type Sending, type State } from './model.ts';
import { sendings, sources } from './policy.ts';

export const SayForm = v.object({
	vintage: v.optional(
		v.pipe(
			v.string(),
			v.trim(),
			v.regex(/^((19|20)\d\d[\w.-]{0,20})?$/, 'electoral-map.sending_vintage_shape'),
		),
		'',
	),
	election: v.optional(
		v.pipe(
			v.string(),
			v.trim(),
			v.regex(/^((19|20)\d\d_[a-z]{2,20}_t\d)?$/, 'electoral-map.sending_election_shape'),
		),
		'',
	),
});

/** The sending behind an act, locked, if its state is one of these; false when it already is what it would become. */
const may =
	(viewer: Viewer, id: string, from: State[], to: State) =>
	async (tx: Tx): Promise<boolean> => {
		await sendings.guard(tx, viewer, 'settle', id);
		const one = await tx.one<{ state: State }>(
			sql`select state from electoral_map.sending where sending.id = ${id}::uuid`,
		);
		if (one?.state === to) return false;
		if (!one || !from.includes(one.state)) throw conflict('electoral-map.sending_moved_on');
		return true;
	};

const actOf = (act: string, id: string) => ({
	act: `electoral-map.${act}`,
	subject: 'sending',
	subjectId: id,
});

/** Says what the file does not: it is looked through again. Throws NotFound, Conflict. */
export async function sayOf(
	viewer: Viewer,
	id: string,
	{ vintage, election }: v.InferOutput<typeof SayForm>,
): Promise<void> {
	const doing = {
		may: may(viewer, id, ['asked'], 'waiting'),
		act: { ...actOf('say', id), detail: { vintage, election } },
		job: { name: 'electoral-map.check', payload: { id } },
	};
	await doAlone(viewer, doing, (tx) =>
		tx.run(sql`update electoral_map.sending set state = 'waiting', beat_at = now(), total = 0, done = 0, ask = null,
			vintage = coalesce(nullif(${vintage}, ''), vintage), election = coalesce(nullif(${election}, ''), election)
			where sending.id = ${id}::uuid`),
	);
}

/**
 * Puts everything that the file holds in place, in one transaction: whoever reads the map sees all of it or none.
 * Pressed twice, it is done once. Throws NotFound, Conflict.
 */
export async function place(viewer: Viewer, id: string): Promise<void> {
	const doing = {
		may: may(viewer, id, ['ready'], 'placed'),
		act: actOf('switch', id),
		job: { name: 'electoral-map.refresh', payload: {} },
	};
	await doAlone(viewer, doing, async (tx) => {
		const one =
			await tx.one<Sending>(sql`update electoral_map.sending set state = 'placed', settled_at = now()
			where sending.id = ${id}::uuid returning ${columnsOf}`);
		for (const source of one?.sources ?? [])
			if (!(await switchTo(tx, source))) throw conflict('electoral-map.sending_moved_on');
	});
}

/** Throws a sending away: nothing of it is kept but that it came. Throws NotFound, Conflict. */
export async function dropSending(viewer: Viewer, id: string): Promise<void> {
	const doing = {
		may: may(viewer, id, ['waiting', 'asked', 'ready', 'failed', 'refused'], 'dropped'),
		act: actOf('drop', id),
	};
	await doAlone(viewer, doing, async (tx) => {
		await dropSources(tx, id);
		const one = await tx.one<{
			stored: string | null;
		}>(sql`select stored_id as stored from electoral_map.sending
			where sending.id = ${id}::uuid`);
		await tx.run(sql`update electoral_map.sending set state = 'dropped', settled_at = now(), stored_id = null, sources = '{}'
			where sending.id = ${id}::uuid`);
		leaveBytes(tx, [{ stored_id: one?.stored ?? null }]);
	});
}

export const RestoreForm = v.object({ id: v.string() });

/** Puts a past version back as the current one. Throws NotFound, Invalid when it is no past version. */
export async function putBack(viewer: Viewer, { id }: v.InferOutput<typeof RestoreForm>): Promise<void> {
	if (!isId(id)) throw notFound();
	const doing = {
		may: async (tx: Tx) => {
			await sources.guard(tx, viewer, 'restore', id);
			const one = await tx.one<{ state: string }>(
				sql`select state from electoral_map.source where source.id = ${id}::uuid and source.tally_id is null`,
			);
			if (one?.state !== 'past') refuseLoad('no_version', { id });
			return true;
		},
		act: { ...actOf('restore', id), subject: 'source' },
		job: { name: 'electoral-map.refresh', payload: {} },
	};
	await doAlone(viewer, doing, (tx) => switchTo(tx, id));
}
