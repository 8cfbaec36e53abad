import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import { folded } from './create.ts';
import type { Visibility } from './input.ts';

/** A group for a demonstration: its past is given, and nobody is told. */
export interface Seed {
	name: string;
	purpose: string;
	rules?: string;
	visibility: Visibility;
	unitId?: string | null;
	homeId: string | null;
	ownerId: string;
	successorId?: string | null;
	/** Slugs. */
	subjects: string[];
	/** Besides the owner. */
	people: string[];
	asked?: { personId: string; note: string }[];
	invited?: string[];
	at: Date;
	activeAt: Date;
	isAsleep?: boolean;
}

/** Writes a group as if it had been opened at its date, with its people. Runs as the house. Gives its id. */
export async function openAs(tx: Tx, seed: Seed): Promise<string> {
	const id = newId(seed.at.getTime());
	const people = [...new Set([seed.ownerId, ...seed.people])];
	await tx.run(sql`insert into groups.circle (id, name, folded, purpose, rules, visibility, unit_id, home_id, owner_id, successor_id,
			member_count, created_at, active_at, archived_at)
		values (${id}, ${seed.name}, ${folded(seed.name, seed.purpose)}, ${seed.purpose}, ${seed.rules ?? ''}, ${seed.visibility},
			${seed.unitId ?? null}::uuid, ${seed.homeId}::uuid, ${seed.ownerId}::uuid, ${seed.successorId ?? null}::uuid, ${people.length},
			${seed.at}, ${seed.activeAt}, ${seed.isAsleep ? new Date() : null}::timestamptz)`);
	await tx.run(sql`insert into groups.circle_subject (circle_id, subject_id)
		select ${id}::uuid, subject.id from groups.subject where subject.slug = any (${list(seed.subjects, 'text')})`);
	await tx.run(sql`insert into groups.membership (circle_id, person_id, state, at)
		select ${id}::uuid, given.id, 'member', ${seed.at}::timestamptz + given.place * interval '1 hour'
		from unnest(${list(people, 'uuid')}) with ordinality as given (id, place)`);
	await tx.run(
		sql`insert into groups.seat (person_id, circle_id) select unnest(${list(people, 'uuid')}), ${id}::uuid`,
	);
	for (const { personId, note } of seed.asked ?? []) await wait(tx, id, personId, 'asked', note, null);
	for (const personId of seed.invited ?? []) await wait(tx, id, personId, 'invited', '', seed.ownerId);
	return id;
}

const wait = (tx: Tx, id: string, personId: string, state: string, note: string, byId: string | null) =>
	tx.run(sql`insert into groups.membership (circle_id, person_id, state, note, by_id)
		values (${id}, ${personId}, ${state}, ${note}, ${byId}::uuid) on conflict do nothing`);

/** Makes people follow a subject; what they bring is shown. Runs as the house. */
export const offerAs = (tx: Tx, slug: string, people: { id: string; unitId: string; brings: string }[]) =>
	tx.run(sql`insert into groups.follow (person_id, subject_id, brings, shown, home_id)
		select given.id, subject.id, given.brings, true, given."unitId"
		from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as given (id uuid, "unitId" uuid, brings text)
			join groups.subject on subject.slug = ${slug} on conflict do nothing`);

/** Makes somebody follow a subject and let it come home. Runs as the house. */
export const followAs = (tx: Tx, personId: string, slug: string) =>
	tx.run(sql`insert into groups.follow (person_id, subject_id, in_feed)
		select ${personId}::uuid, subject.id, true from groups.subject where subject.slug = ${slug} on conflict do nothing`);

/** A subject that somebody proposed, and what the office answered if it did. Runs as the house. */
export const proposeAs = (
	tx: Tx,
	one: { personId: string; name: string; why: string; at: Date; answer?: { byId: string; text: string } },
) =>
	tx.run(sql`insert into groups.proposal (id, person_id, name, why, at, answered_at, answered_by, answer)
		values (${newId(one.at.getTime())}, ${one.personId}::uuid, ${one.name}, ${one.why}, ${one.at},
			${one.answer ? one.at : null}::timestamptz, ${one.answer?.byId ?? null}::uuid, ${one.answer?.text ?? ''})`);
