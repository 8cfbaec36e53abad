import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { conflict, invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { id } from './fields.ts';
import { lockStructure, tellAllRoles } from './guard.ts';
import { type MoveLineForm, swap } from './kinds.ts';
import { keyFrom, nounFields, nounFrom } from './naming.ts';
import { isRunning, kinds, offices } from './policy.ts';
import { closeTerm, keepAKeeper, lockKeepers } from './term.ts';

const fields = {
	...nounFields,
	powers: v.optional(
		v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(200, 'app.invalid_value')),
		[],
	),
	leads: v.optional(v.string()),
};

const log = (
	tx: Tx,
	viewer: Viewer,
	act: string,
	officeId: string,
	detail: Record<string, string | number> = {},
) =>
	record(tx, { actorId: viewer.id, act: `territory.${act}`, subject: 'office', subjectId: officeId, detail });

function known(powers: string[], all: readonly string[]): string[] {
	if (powers.some((power) => !all.includes(power))) throw invalidField('powers', 'territory.power_unknown');
	return all.filter((power) => powers.includes(power));
}

export const CreateOfficeForm = v.object({ ...fields, kind: id });

/** Adds an office to a kind of unit, with its powers among `all`, those the house knows. */
export const createOffice = (
	viewer: Viewer,
	all: readonly string[],
	{ kind, powers, leads, ...typed }: v.InferOutput<typeof CreateOfficeForm>,
) =>
	write(viewer, async (tx) => {
		await kinds.guard(tx, viewer, 'edit', kind);
		const name = nounFrom(typed);
		const officeId = newId();
		const key = await freeKey(tx, kind, keyFrom(name.fr.one_f));
		await tx.run(sql`insert into territory.office (id, kind_id, key, name, powers, leads, position)
			select ${officeId}, ${kind}::uuid, ${key}, ${JSON.stringify(name)}::jsonb, ${known(powers, all)}::text[], ${Boolean(leads)},
				coalesce(max(position), 0) + 1 from territory.office where office.kind_id = ${kind}::uuid`);
		await log(tx, viewer, 'create_office', officeId, { name: name.fr.one_f, powers: powers.join(' ') });
		return officeId;
	});

async function freeKey(tx: Tx, kind: string, wanted: string): Promise<string> {
	const rows = await tx.many<{ key: string }>(
		sql`select key from territory.office where office.kind_id = ${kind}::uuid`,
	);
	const taken = new Set(rows.map(({ key }) => key));
	let key = wanted;
	for (let n = 2; taken.has(key); n++) key = `${wanted}_${n}`;
	return key;
}

/**
 * Whoever shapes offices gives nothing to the one they hold that they do not hold already, there and by another office: who
 * may do more is decided by somebody else. Naming oneself to an office is refused the same way (`appoint.ts`).
 */
async function refuseOwnGain(tx: Tx, viewer: Viewer, office: string, added: string[]): Promise<void> {
	if (!added.length) return;
	const gains = await tx.one(sql`
		select 1 as gains from territory.term join territory.unit on unit.id = term.unit_id
		where term.person_id = ${viewer.id}::uuid and term.office_id = ${office}::uuid and ${isRunning}
			and exists (select from unnest(${list(added, 'text')}) as more(power) where not exists (
				select from territory.held_power where held_power.person_id = ${viewer.id}::uuid and not held_power.lent
					and held_power.power = more.power and held_power.unit_id = any (unit.ancestors)))`);
	if (gains) throw invalidField('powers', 'territory.power_not_to_oneself');
}

export const EditOfficeForm = v.object({ ...fields, office: id });

/**
 * Renames an office and says what it lets its holders do, from now: powers taken away act at once.
 * Throws Conflict when nobody would be left to change offices, Invalid when it would give the viewer more than they hold.
 */
export const editOffice = (
	viewer: Viewer,
	all: readonly string[],
	{ office, powers, leads, ...typed }: v.InferOutput<typeof EditOfficeForm>,
) =>
	write(viewer, async (tx) => {
		await lockKeepers(tx);
		await offices.guard(tx, viewer, 'edit', office);
		const name = nounFrom(typed);
		const before = await tx.one<{ powers: string[] }>(
			sql`select office.powers from territory.office where office.id = ${office}::uuid`,
		);
		await refuseOwnGain(
			tx,
			viewer,
			office,
			known(powers, all).filter((power) => !before!.powers.includes(power)),
		);
		await tx.run(sql`update territory.office set name = ${JSON.stringify(name)}::jsonb, powers = ${known(powers, all)}::text[], leads = ${Boolean(leads)}
			where office.id = ${office}::uuid`);
		await keepAKeeper(tx);
		await log(tx, viewer, 'edit_office', office, {
			name: name.fr.one_f,
			added: powers.filter((power) => !before!.powers.includes(power)).join(' '),
			removed: before!.powers.filter((power) => !powers.includes(power)).join(' '),
		});
		await tellAllRoles(tx);
	});

/** Moves an office one place among those of its kind; at the end of the list nothing happens. */
export const moveOffice = (viewer: Viewer, { id: officeId, direction }: v.InferOutput<typeof MoveLineForm>) =>
	write(viewer, async (tx) => {
		await lockStructure(tx);
		await offices.guard(tx, viewer, 'edit', officeId);
		const order = (
			await tx.many<{ id: string }>(sql`select office.id from territory.office
			join territory.office as moved on moved.kind_id = office.kind_id and moved.id = ${officeId}::uuid
			where office.retired_at is null order by office.position, office.id`)
		).map((office) => office.id);
		if (!swap(order, officeId, direction)) return;
		await tx.run(
			sql`update territory.office set position = array_position(${order}::uuid[], office.id) where office.id = any (${order}::uuid[])`,
		);
		await log(tx, viewer, 'move_office', officeId, { direction });
	});

export const RetireOfficeForm = v.object({ office: id, sure: v.optional(v.string()) });

/**
 * Closes an office for good: nobody can be named to it, and its terms end now (history stays).
 * Asks to be sure when people hold it; throws Conflict when nobody would be left to change offices.
 */
export const retireOffice = (viewer: Viewer, { office, sure }: v.InferOutput<typeof RetireOfficeForm>) =>
	write(viewer, async (tx) => {
		await lockKeepers(tx);
		await offices.guard(tx, viewer, 'edit', office);
		const held = await tx.many<{ id: string }>(sql`select term.id from territory.term
			where term.office_id = ${office}::uuid and ${isRunning} order by term.id for update`);
		if (held.length && !sure) throw invalidField('sure', 'territory.office_still_held', { n: held.length });
		const retired = await tx.run(sql`update territory.office set retired_at = now()
			where office.id = ${office}::uuid and office.retired_at is null`);
		if (!retired) throw conflict('territory.office_retired_already');
		for (const { id: termId } of held) await closeTerm(tx, termId, viewer.id, null);
		await tx.run(sql`update territory.claim set decided_at = now(), decided_by = ${viewer.id}::uuid, outcome = 'refused'
			where claim.office_id = ${office}::uuid and claim.decided_at is null`);
		await keepAKeeper(tx);
		await log(tx, viewer, 'retire_office', office, { terms: held.length });
		await tellAllRoles(tx);
	});
