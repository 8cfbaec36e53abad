import { read, type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { units } from '../policy.ts';
import { attachMany, detachMany } from './attach.ts';
import { keepTree, lockBranches } from './counts.ts';

// Moving from unit to unit would read one list of members after another.
const moves = { burst: 4, perHour: 4 / (90 * 24) };

/** A unit one person belongs to. */
export interface Home {
	id: string;
	slug: string;
	name: string;
	since: Date;
}

/** The open units a person belongs to now, closest to the ground first. */
export const unitsOf = (tx: Tx, personId: string) =>
	tx.many<Home>(sql`
	select unit.id, unit.slug, unit.name, attachment.since from territory.attachment
	join territory.unit on unit.id = attachment.unit_id
	where attachment.person_id = ${personId}::uuid and attachment.until is null and unit.closed_at is null
	order by cardinality(unit.ancestors) desc, attachment.since`);

/**
 * The house puts a newcomer where they say they belong (sign-up, invitation): their former unit of that kind ends, being there
 * already is fine. Throws Invalid for a closed unit.
 */
export async function joinUnit(tx: Tx, personId: string, unitId: string): Promise<void> {
	await keepTree(tx);
	const open = await tx.one(
		sql`select 1 from territory.unit where unit.id = ${unitId}::uuid and unit.closed_at is null`,
	);
	if (!open) throw invalidField('unit', 'territory.join_unit_gone');
	await moveTo(tx, personId, unitId);
}

/** A person moves to another unit of the same kind, or joins a first one; the former units of that kind end. */
export async function changeUnit(viewer: Viewer, unitId: string): Promise<void> {
	await read(viewer, (tx) => mustBeJoinable(tx, viewer, unitId));
	await countMove(viewer, unitId);
	await write(viewer, async (tx) => {
		// Asked once nobody can close it any more.
		await keepTree(tx);
		await mustBeJoinable(tx, viewer, unitId);
		await moveTo(tx, viewer.id!, unitId);
	});
}

async function moveTo(tx: Tx, personId: string, unitId: string): Promise<void> {
	// One move of a person at a time: sent twice at once, they would end in two places.
	await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`move ${personId}`}))`);
	const former = await tx.many<{ unitId: string }>(sql`
		select attachment.unit_id as "unitId" from territory.attachment
		join territory.unit on unit.id = attachment.unit_id
		where attachment.person_id = ${personId}::uuid and attachment.until is null and attachment.unit_id <> ${unitId}::uuid
			and unit.kind_id = (select wanted.kind_id from territory.unit as wanted where wanted.id = ${unitId}::uuid)`);
	// Both branches at once, in one order: two people who swap units do not wait for each other in a circle.
	await lockBranches(tx, [unitId, ...former.map((one) => one.unitId)]);
	await detachMany(
		tx,
		former.map((one) => ({ personId, ...one })),
	);
	for (const one of former) await announce(tx, 'territory.left', { personId, ...one });
	for (const one of await attachMany(tx, [{ personId, unitId }])) await announce(tx, 'territory.joined', one);
}

/** Takes one move of those a person has; where they are already costs none. Throws TooMany. */
export async function countMove(viewer: Viewer, unitId: string): Promise<void> {
	if (!viewer.units.includes(unitId)) await throttle({ [`territory-move:${viewer.id}`]: moves });
}

/** People join where units have none below them: the list of a whole federation is not had by joining it. */
async function mustBeJoinable(tx: Tx, viewer: Viewer, unitId: string): Promise<void> {
	const unit = await tx.one<{ leaf: boolean; joinable: boolean }>(sql`
		select ${units.join(viewer)} as joinable,
			not exists (select from territory.unit as below where below.parent_id = unit.id and below.closed_at is null) as leaf
		from territory.unit where unit.id = ${unitId}::uuid and ${units.see(viewer)}`);
	if (!unit?.joinable) throw notFound();
	if (!unit.leaf) throw invalidField('unit', 'territory.join_has_units_below');
}

/** A person leaves a unit; nothing they wrote there is lost, and they may come back. */
export const leave = (viewer: Viewer, unitId: string) =>
	write(viewer, async (tx) => {
		const ended = viewer.id ? await detachMany(tx, [{ personId: viewer.id, unitId }]) : [];
		if (!ended.length) throw notFound();
		await announce(tx, 'territory.left', { personId: viewer.id, unitId });
	});
