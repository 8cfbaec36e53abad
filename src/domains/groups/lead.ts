import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { conflict, invalidField, notFound } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { folded, noteOfficial, setSubjects } from './create.ts';
import { about, noteText } from './input.ts';
import { circles } from './policy.ts';
import { rise, sit } from './seat.ts';

export const EditForm = v.object({
	...about,
	version: v.pipe(v.union([v.string(), v.number()]), v.toNumber('groups.reload'), v.integer('groups.reload')),
});

const unitOf = async (tx: Tx, id: string) =>
	(await tx.one<{ unit: string | null }>(
		sql`select circle.unit_id as unit from groups.circle where circle.id = ${id}::uuid`,
	))!.unit;

/** Writes in the journal an act upon an official group; what members do among themselves is theirs. */
export async function note(tx: Tx, viewer: Viewer, act: string, id: string, reason = ''): Promise<void> {
	const unitId = await unitOf(tx, id);
	if (unitId) await noteOfficial(tx, viewer, act, id, unitId, reason);
}

/** Changes what a group says of itself. Throws Conflict when somebody saved another version meanwhile, NotFound, Forbidden. */
export const edit = (viewer: Viewer, id: string, input: v.InferOutput<typeof EditForm>): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		if (input.visibility === 'secret' && (await unitOf(tx, id)))
			throw invalidField('visibility', 'groups.official_not_secret');
		const saved =
			await tx.run(sql`update groups.circle set name = ${input.name}, folded = ${folded(input.name, input.aim)},
				purpose = ${input.aim}, rules = ${input.rules}, visibility = ${input.visibility}, version = circle.version + 1
			where circle.id = ${id}::uuid and circle.version = ${input.version}`);
		if (!saved) throw conflict('groups.changed');
		await setSubjects(tx, id, input.subjects);
		await note(tx, viewer, 'groups.edit', id);
	});

async function asking(tx: Tx, circleId: string, personId: string): Promise<void> {
	const row =
		await tx.one(sql`select 1 as asks from groups.membership where membership.circle_id = ${circleId}::uuid
		and membership.person_id = ${personId}::uuid and membership.state = 'asked'`);
	if (!row) throw notFound();
}

/** Lets in somebody who asked. Throws NotFound when nobody of that name waits. */
export const admit = (viewer: Viewer, id: string, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		await asking(tx, id, personId);
		await sit(tx, { circleId: id, personId }, viewer.id!);
		await announce(tx, 'groups.admitted', { groupId: id, personId, byId: viewer.id });
	});

const setState = (
	tx: Tx,
	circleId: string,
	personId: string,
	state: 'refused' | 'asked',
	byId: string | null,
) =>
	tx.run(sql`update groups.membership set state = ${state}, by_id = ${byId}::uuid
		where membership.circle_id = ${circleId}::uuid and membership.person_id = ${personId}::uuid
			and membership.state = ${state === 'refused' ? 'asked' : 'refused'}`);

/** Refuses somebody who asked; they are not told, and may ask again after thirty days. Throws NotFound. */
export const refuse = (viewer: Viewer, id: string, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		if (!(await setState(tx, id, personId, 'refused', viewer.id))) throw notFound();
	});

/** Takes a refusal back: the request waits again. Throws NotFound. */
export const reconsider = (viewer: Viewer, id: string, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		if (!(await setState(tx, id, personId, 'asked', null))) throw notFound();
	});

export const ExcludeForm = v.object({
	person: idText,
	reason: v.pipe(noteText, v.minLength(3, 'groups.reason_needed')),
});

/**
 * Puts a member out of this group, and of nothing else; they are told, with the reason. The owner cannot be put out.
 * Throws NotFound, Forbidden, Invalid.
 */
export const exclude = (
	viewer: Viewer,
	id: string,
	{ person, reason }: v.InferOutput<typeof ExcludeForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		const owner = await tx.one(
			sql`select 1 as owner from groups.circle where circle.id = ${id}::uuid and circle.owner_id = ${person}::uuid`,
		);
		if (owner) throw invalidField('person', 'groups.owner_stays');
		if (!(await rise(tx, { circleId: id, personId: person }))) throw notFound();
		await tx.run(sql`update groups.membership set state = 'excluded', by_id = ${viewer.id}::uuid, note = ${reason}, at = now()
			where membership.circle_id = ${id}::uuid and membership.person_id = ${person}::uuid`);
		await note(tx, viewer, 'groups.exclude', id, reason);
		await announce(tx, 'groups.excluded', { groupId: id, personId: person, byId: viewer.id, reason });
	});

/** Lifts an exclusion: the person may come back by themselves. Throws NotFound. */
export const readmit = (viewer: Viewer, id: string, personId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		const lifted = await tx.run(sql`delete from groups.membership where membership.circle_id = ${id}::uuid
			and membership.person_id = ${personId}::uuid and membership.state = 'excluded'`);
		if (!lifted) throw notFound();
		await note(tx, viewer, 'groups.readmit', id);
	});

export const SuccessorForm = v.object({
	successor: v.union([v.literal(''), idText], 'groups.successor_unknown'),
});

/** Names the member who will answer for the group after its owner; nobody: the oldest member will. Throws NotFound, Forbidden, Invalid. */
export const nameSuccessor = (
	viewer: Viewer,
	id: string,
	{ successor }: v.InferOutput<typeof SuccessorForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		const saved = await tx.run(sql`update groups.circle set successor_id = ${successor || null}::uuid
			where circle.id = ${id}::uuid and (${successor || null}::uuid is null or (circle.owner_id is distinct from ${successor || null}::uuid
				and exists (select from groups.seat where seat.circle_id = circle.id and seat.person_id = ${successor || null}::uuid)))`);
		if (!saved) throw invalidField('successor', 'groups.successor_unknown');
	});

/** Hands the group to its successor now; the owner stays a member. Throws NotFound, Forbidden, Invalid when nobody was named. */
export const handOver = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'lead', id);
		const row = await tx.one<{
			owner: string;
		}>(sql`update groups.circle set owner_id = circle.successor_id, successor_id = null
			where circle.id = ${id}::uuid and circle.successor_id is not null returning circle.owner_id as owner`);
		if (!row) throw invalidField('successor', 'groups.successor_first');
		await announce(tx, 'groups.inherited', { groupId: id, personId: row.owner });
	});

/** Wakes an archived group up. Throws NotFound, Forbidden. */
export const revive = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'revive', id);
		await tx.run(sql`update groups.circle set archived_at = null, warned_at = null, revived_at = now(), active_at = now(),
			owner_id = coalesce(circle.owner_id, ${viewer.id}::uuid) where circle.id = ${id}::uuid`);
	});
