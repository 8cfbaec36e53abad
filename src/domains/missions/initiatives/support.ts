import { type Tx, write } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { recordAct } from '../create.ts';
import { initiatives } from './policy.ts';

const count = (tx: Tx, id: string, change: Sql) =>
	tx.run(sql`update missions.initiative set ${change} where initiative.id = ${id}::uuid`);

/** Supports an idea; said twice, it counts once. Throws NotFound, Forbidden once it is closed. */
export const support = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await initiatives.guard(tx, viewer, 'support', id);
		const fresh = await tx.run(sql`insert into missions.support (initiative_id, person_id)
			values (${id}::uuid, ${viewer.id}::uuid) on conflict do nothing`);
		if (fresh) await count(tx, id, sql`supports = initiative.supports + 1`);
	});

/** Takes one's support back. Throws NotFound, Forbidden when there was none. */
export const withdraw = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await initiatives.guard(tx, viewer, 'withdraw', id);
		const gone = await tx.run(sql`delete from missions.support where support.initiative_id = ${id}::uuid
			and support.person_id = ${viewer.id}::uuid`);
		if (gone) await count(tx, id, sql`supports = initiative.supports - 1`);
	});

/** Asks to be of the team; who leads is told. Throws NotFound, Forbidden for who asked already. */
export const ask = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await initiatives.guard(tx, viewer, 'join', id);
		await tx.run(sql`insert into missions.teammate (initiative_id, person_id)
			values (${id}::uuid, ${viewer.id}::uuid) on conflict do nothing`);
		await announce(tx, 'missions.idea_asked', { initiativeId: id, byId: viewer.id });
	});

/** Leaves the team, or takes one's request back. Throws NotFound, Forbidden for who is neither. */
export const quit = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await initiatives.guard(tx, viewer, 'quit', id);
		await take(tx, id, viewer.id!);
	});

async function take(tx: Tx, id: string, personId: string): Promise<void> {
	const [gone] = await tx.many<{ was: boolean }>(sql`delete from missions.teammate
		where teammate.initiative_id = ${id}::uuid and teammate.person_id = ${personId}::uuid
		returning teammate.accepted_at is not null as was`);
	if (gone?.was) await count(tx, id, sql`team = initiative.team - 1`);
}

const leading =
	(act: string, work: (tx: Tx, id: string, personId: string) => Promise<void>) =>
	(viewer: Viewer, id: string, { person }: { person: string }): Promise<void> =>
		write(viewer, async (tx) => {
			await initiatives.guard(tx, viewer, 'lead', id);
			await work(tx, id, person);
			const row = await tx.one<{ unit_id: string }>(sql`select initiative.unit_id from missions.initiative
				where initiative.id = ${id}::uuid and (initiative.is_official or initiative.by_id <> ${viewer.id}::uuid)`);
			if (row) await recordAct(tx, viewer, act, { id, unitId: row.unit_id });
		});

/** Takes somebody who asked into the team; they are told. Does nothing for who did not ask. Throws NotFound, Forbidden. */
export const accept = leading('accept_teammate', async (tx, id, personId) => {
	const fresh =
		await tx.run(sql`update missions.teammate set accepted_at = now() where teammate.initiative_id = ${id}::uuid
		and teammate.person_id = ${personId}::uuid and teammate.accepted_at is null`);
	if (!fresh) return;
	await count(tx, id, sql`team = initiative.team + 1`);
	await announce(tx, 'missions.idea_accepted', { initiativeId: id, personId });
});

/** Says no, or takes somebody off the team; nobody is told. Throws NotFound, Forbidden. */
export const decline = leading('decline_teammate', take);
