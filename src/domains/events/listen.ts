import { asSystem } from '#platform/db.ts';
import { announce, type Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { count } from './seats.ts';
import { listeners as telling } from './tell.ts';

/** A unit is closed: what it had planned alone is called off, and who answered is told; what another organises too is theirs. */
const onUnitClosed = ({ unitId, heir }: { unitId: string; heir: string | null }): Promise<void> =>
	asSystem('events', async (tx) => {
		await tx.run(sql`delete from events.co_unit where co_unit.unit_id = ${unitId}::uuid`);
		const coming = sql`event.unit_id = ${unitId}::uuid and event.cancelled_at is null and event.ends_at > now()`;
		await tx.run(sql`update events.event set unit_id = coalesce(${heir}::uuid, (select co_unit.unit_id from events.co_unit
				where co_unit.event_id = event.id and co_unit.accepted order by co_unit.answered_at limit 1), event.unit_id),
			sequence = event.sequence + 1, changed_at = now() where ${coming}`);
		await tx.run(sql`delete from events.co_unit using events.event
			where event.id = co_unit.event_id and event.unit_id = co_unit.unit_id`);
		const gone = await tx.many<{
			id: string;
		}>(sql`update events.event set cancelled_at = now(), sequence = event.sequence + 1,
			changed_at = now() where ${coming} returning event.id`);
		await tx.run(sql`update events.series set ended_at = now() where series.ended_at is null and exists (select from events.event
			where event.series_id = series.id and event.unit_id = ${unitId}::uuid)`);
		if (gone.length)
			await announce(tx, 'events.cancelled', { eventIds: gone.map(({ id }) => id), byId: null });
	});

/** A group is put to sleep: what it had planned is called off, and who answered is told why. */
const onGroupAsleep = ({ groupId }: { groupId: string }): Promise<void> =>
	asSystem('events', async (tx) => {
		// Woken up meanwhile, it keeps what it planned.
		const asleep = await tx.one(sql`select 1 as asleep from groups.circle
			where circle.id = ${groupId}::uuid and circle.archived_at is not null for share`);
		if (!asleep) return;
		const gone = await tx.many<{
			id: string;
		}>(sql`update events.event set cancelled_at = now(), cancel_cause = 'group_asleep',
			sequence = event.sequence + 1, changed_at = now() where event.group_id = ${groupId}::uuid
				and event.cancelled_at is null and event.ends_at > now() returning event.id`);
		await tx.run(sql`update events.series set ended_at = now() where series.ended_at is null and exists (select from events.event
			where event.series_id = series.id and event.group_id = ${groupId}::uuid)`);
		if (gone.length)
			await announce(tx, 'events.cancelled', { eventIds: gone.map(({ id }) => id), byId: null });
	});

/** Two accounts were one person: of two answers to one event, the kept account's holds. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }): Promise<void> =>
	asSystem('events', async (tx) => {
		const touched = await tx.many<{ event_id: string }>(
			sql`select answer.event_id from events.answer where answer.person_id = ${fromId}::uuid`,
		);
		for (const [table, key] of Object.entries({
			answer: 'event_id',
			invitation: 'event_id',
			attendance: 'event_id',
			taker: 'shift_id',
		})) {
			const [at, column] = [sql.raw(`events.${table}`), sql.raw(key)];
			await tx.run(sql`update ${at} as held set person_id = ${intoId}::uuid where held.person_id = ${fromId}::uuid
				and not exists (select from ${at} as other where other.person_id = ${intoId}::uuid and other.${column} = held.${column})`);
			await tx.run(sql`delete from ${at} as held where held.person_id = ${fromId}::uuid`);
		}
		for (const [table, column] of [
			['event', 'by_id'],
			['question', 'by_id'],
			['report', 'by_id'],
		])
			await tx.run(sql`update ${sql.raw(`events.${table}`)} as held set ${sql.raw(column!)} = ${intoId}::uuid
				where held.${sql.raw(column!)} = ${fromId}::uuid`);
		for (const { event_id } of touched) await count(tx, event_id);
	});

export const listeners: Listener<never>[] = [
	...telling,
	{ to: 'territory.unit_closed', name: 'events.on_unit_closed', hear: onUnitClosed } as Listener<never>,
	{ to: 'groups.asleep', name: 'events.on_group_asleep', hear: onGroupAsleep } as Listener<never>,
	{ to: 'people.merged', name: 'events.on_merged', hear: onMerged } as Listener<never>,
];
