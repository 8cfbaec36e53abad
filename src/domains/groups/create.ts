import * as v from 'valibot';
import { units } from '#domains/territory/index.ts';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { forbidden, invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { idText } from '#platform/text/typed.ts';
import { throttle } from '#platform/throttle.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { about } from './input.ts';
import { sit } from './seat.ts';

/** The form of a new group. `seen` says that what looks alike was shown first. */
export const CreateForm = v.object({
	...about,
	unit: v.optional(v.union([v.literal(''), idText], 'groups.unit_refused'), ''),
	seen: v.optional(v.string()),
});
export type Creation = v.InferOutput<typeof CreateForm>;

/** What the search and the likeness read of a group. */
export const folded = (name: string, purpose: string) => fold(`${name} ${purpose}`);

/** Opens a group, whose owner is the viewer. At most five a day. Gives its id. Throws Forbidden, Invalid, TooMany. */
export async function create(viewer: Viewer, input: Creation): Promise<string> {
	if (!isActive(viewer)) throw forbidden();
	if (!input.seen) throw invalidField('seen', 'groups.look_first');
	if (input.unit && input.visibility === 'secret')
		throw invalidField('visibility', 'groups.official_not_secret');
	await throttle({ [`groups.create:${viewer.id}`]: { burst: 5, perHour: 5 / 24 } });
	return write(viewer, async (tx) => {
		if (input.unit) await checkUnit(tx, viewer, input.unit);
		const id = newId();
		await tx.run(sql`
			insert into groups.circle (id, name, folded, purpose, rules, visibility, unit_id, home_id, owner_id)
			values (${id}, ${input.name}, ${folded(input.name, input.aim)}, ${input.aim}, ${input.rules}, ${input.visibility},
				${input.unit || null}::uuid, ${input.unit || viewer.units[0] || null}::uuid, ${viewer.id}::uuid)`);
		await setSubjects(tx, id, input.subjects);
		await sit(tx, { circleId: id, personId: viewer.id! }, null);
		if (input.unit) await noteOfficial(tx, viewer, 'groups.create_official', id, input.unit);
		return id;
	});
}

async function checkUnit(tx: Tx, viewer: Viewer, unitId: string): Promise<void> {
	const may = await tx.one(
		sql`select 1 as yes from territory.unit where unit.id = ${unitId}::uuid and ${units.edit(viewer)}`,
	);
	if (!may) throw invalidField('unit', 'groups.unit_refused');
}

/** Writes in the journal what is done in the name of a unit. */
export const noteOfficial = (
	tx: Tx,
	viewer: Viewer,
	act: string,
	groupId: string,
	unitId: string,
	reason = '',
) => record(tx, { actorId: viewer.id, act, subject: 'group', subjectId: groupId, unitId, reason });

/** Puts a group under these subjects of the list and no other of it; one that is unknown is refused. What left the list stays. */
export async function setSubjects(tx: Tx, circleId: string, subjects: string[]): Promise<void> {
	await tx.run(sql`delete from groups.circle_subject using groups.subject where circle_subject.circle_id = ${circleId}::uuid
		and subject.id = circle_subject.subject_id and subject.retired_at is null`);
	await tx.run(sql`insert into groups.circle_subject (circle_id, subject_id)
		select ${circleId}::uuid, subject.id from groups.subject
		where subject.id = any (${list(subjects, 'uuid')}) and subject.retired_at is null`);
	const { n } = (await tx.one<{ n: number }>(sql`select count(*)::int as n from groups.circle_subject
		where circle_subject.circle_id = ${circleId}::uuid and circle_subject.subject_id = any (${list(subjects, 'uuid')})`))!;
	if (n < new Set(subjects).size) throw invalidField('subjects', 'app.invalid_value');
}
